import type { CourtVerdict, Seen, TestName } from '#domain/flake-case.ts'

import { code, plain, withinLimit } from './markdown.ts'
import { oneLine, shortened } from './plain-text.ts'

export const flakeLabel = 'flaky-test'

/** The first line of the body, by which it is found again. Nobody sees it. */
export function flakeMarker(key: string): string {
  return `<!-- goalkeeper:flaky ${encodeURIComponent(key)} -->`
}

export function courtNote({ title }: TestName, verdict: CourtVerdict): string {
  return `${oneLine(title)}: ${words(verdict)}`
}

function words(verdict: CourtVerdict): string {
  switch (verdict.kind) {
    case 'flaky':
      return `flaky: failed ${verdict.fails} and passed ${verdict.passes} times on ${commits(verdict.where)}`
    case 'broken':
      return `broken: failed each of ${verdict.fails} times on one commit`
    case 'infra':
      return `not judged: the machine failed it ${verdict.times} times`
    case 'quiet':
      return 'quiet: it did not fail for two weeks'
    case 'open':
      return 'open: too little was seen to tell'
  }
}

function commits(count: number): string {
  return count === 1 ? 'one commit' : `each of ${count} commits`
}

interface Told {
  readonly verdict: CourtVerdict
  /** The newest first. */
  readonly seen: readonly Seen[]
  readonly marker: string
}

/** The issue of one test. */
export function flakeNotice(
  test: TestName,
  { verdict, seen, marker }: Told,
): { readonly title: string; readonly body: string } {
  const file = test.file === null ? '' : ` in ${code(test.file)}`
  const blocks = [
    marker,
    `The test ${code(oneLine(test.title))}${file} (check ${code(test.check)}) is **${plain(words(verdict))}**.`,
    table(seen),
    verdict.kind === 'quiet' ? closing : standing,
  ]
  return {
    title: shortened(`Flaky: ${oneLine(test.title)}`, 120),
    body: withinLimit(blocks.join('\n\n')),
  }
}

const standing =
  'No code is changed for a flaky test, and nothing is quarantined: skipping it is a change that a human makes and merges, with a link to this issue beside it. This issue is kept up to date and closes itself when the test did not fail for two weeks; closed as not planned it is left alone.'

/** A test that somebody skipped never fails either, and would stay skipped for ever. */
const closing =
  'So this is closed. If somebody skipped the test meanwhile, that it did not fail says nothing: take the skip out, and this is opened again if it still comes and goes.'

/** What was seen, commit by commit, the newest first. */
function table(seen: readonly Seen[]): string {
  const shas = [...new Set(seen.map(({ sha }) => sha))].slice(0, 20)
  const rows = shas.map((sha) => {
    const there = seen.filter((one) => one.sha === sha)
    const count = (outcome: Seen['outcome']) =>
      there.filter((one) => one.outcome === outcome).length
    const [{ at, branch } = { at: new Date(0), branch: '' }] = there
    return `| ${at.toISOString().slice(0, 10)} | ${code(sha.slice(0, 12))} | ${plain(branch)} | ${count('fail')} | ${count('pass')} | ${count('infra')} |`
  })
  return [
    '| Day | Commit | Branch | Failed | Passed | Machine |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}
