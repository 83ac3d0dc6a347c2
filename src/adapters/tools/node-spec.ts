import type { Finding } from '#domain/finding.ts'

import { found, located, withoutRoot } from './found.ts'
import { linesOf } from './plain-text.ts'
import type { Run } from './tap.ts'
import { saidBy } from './test-message.ts'

interface Result {
  readonly titles: readonly string[]
  /** Why a file could not be loaded stands above its line. */
  readonly above: string
}

interface Detail {
  readonly title: string
  readonly place: readonly [path: string, line: number, column: number]
  readonly said: string
}

/**
 * The failed tests in what node's runner prints for people (its default since Node 23): the tree knows the titles above a
 * test, the list at the end its place and its message. Null unless the two agree and add up to the counts.
 */
export function nodeSpec(run: Run): readonly Finding[] | null {
  const lines = linesOf(run.printed.stdout)
  const end = lines.indexOf('✖ failing tests:')
  if (end === -1) return null
  const { results, parents } = treeIn(lines.slice(0, end))
  const details = detailsIn(lines.slice(end + 1))
  const counted = countOf(lines, 'fail') + countOf(lines, 'cancelled')
  const addsUp = results.length <= counted && counted <= results.length + parents
  if (!addsUp || results.length !== details.length) return null
  const findings = results.map((result, at) => {
    const detail = details[at]
    if (detail === undefined || detail.title !== result.titles.at(-1)) return null
    return findingOf(result, detail, run)
  })
  return findings.includes(null) ? null : findings.filter((one) => one !== null)
}

/** `  ✖ adds (1.5ms)` */
const entry = /^((?: {2})*)([▶✖✔]) (.{1,1000}?)(?: \(\d[\d.]*ms\).*)?$/u

/** The failed results in order, and how many failed only by what is in them. */
function treeIn(lines: readonly string[]): { results: readonly Result[]; parents: number } {
  const results: Result[] = []
  const open: string[] = []
  let parents = 0
  let above: string[] = []
  for (const line of lines) {
    const [, indent = '', mark, title = ''] = entry.exec(line) ?? []
    const depth = indent.length / 2
    const titles = [...open.slice(0, depth), title]
    // What others are in has its line once they have ended.
    const isParent = open[depth] === title
    if (mark === undefined) above.push(line)
    else open.splice(depth, Infinity, ...(mark === '▶' ? [title] : []))
    if (mark !== '✖') continue
    if (isParent) parents += 1
    else results.push({ titles, above: above.join('\n') })
    above = []
  }
  return { results, parents }
}

function detailsIn(lines: readonly string[]): readonly Detail[] {
  const details: Detail[] = []
  for (const [at, line] of lines.entries()) {
    const [, path, row, column] = /^test at (.{1,1000}):(\d{1,9}):(\d{1,9})$/.exec(line) ?? []
    const [, title] = /^✖ (.{1,1000}?)(?: \(\d[\d.]*ms\))?$/u.exec(lines[at + 1] ?? '') ?? []
    const said = lines[at + 2]?.trim()
    if (path === undefined || title === undefined || said === undefined) continue
    details.push({ title, place: [path, Number(row), Number(column)], said })
  }
  return details
}

function findingOf(
  { titles, above }: Result,
  { title, place: [path, line, column], said }: Detail,
  { printed, invocation }: Run,
): Finding | null {
  const file = located(path, printed.root, invocation)
  // A file that could not be loaded is one failed "test".
  const crashed = said === "'test failed'" && title === path
  const words = crashed ? (/^[\w$]*Error\b.*: .*/m.exec(above)?.[0] ?? null) : messageIn(said)
  if (words === null) return null
  return found('node-test', {
    file,
    subject: crashed ? null : titles.join(' > '),
    line,
    column,
    ...saidBy(withoutRoot(words, printed.root)),
  })
}

/** As the report has it: without the code, and only for names that both give alike. */
function messageIn(said: string): string | null {
  const [, text] = /^'(.*)'$/.exec(said) ?? []
  if (text !== undefined) return text
  const [, name, words] = /^((?:\w{1,20})?Error)(?: \[\w{1,60}\])?: (.+)$/.exec(said) ?? []
  if (name === undefined || words === undefined || !ownNames.has(name)) return null
  return name === 'Error' ? words : `${name}: ${words}`
}

/** What a class of the repository's is called is told in two ways. */
const ownNames = new Set([
  'Error',
  'AssertionError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
])

function countOf(lines: readonly string[], word: string): number {
  const line = lines.findLast((each) => each.startsWith(`ℹ ${word} `)) ?? ''
  return Number(/ (\d{1,9})$/.exec(line)?.[1] ?? 0)
}
