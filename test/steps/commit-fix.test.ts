import { expect, test } from 'vitest'

import type { Repair } from '#domain/failure.ts'
import type { Round } from '#domain/hosted.ts'
import type { Commit, Written } from '#ports/repositories.ts'
import { commitFix } from '#steps/commit-fix.ts'

import {
  contextOf,
  findingOf,
  headPlace,
  memoryStore,
  repairOf,
  said,
} from '../support/fix-world.ts'
import { hostedContext, secondRound } from '../support/hosted-world.ts'

const format = repairOf('format', [{ path: 'src/a.ts', content: 'const a = 1\n' }])
const types = repairOf('types', [{ path: 'src/b.ts', content: 'const b = 1\n' }])
const branch = 'auto-fix/deadbeef-2-red-checks'

/** A repository that names its commits by number, and refuses those that the test says. */
async function commit(
  repairs: readonly Repair[],
  { publish = true, refuses = () => null, isMoved = false, round = null }: Answers = {},
) {
  const commits: Commit[] = []
  const delivered: string[] = []
  const froms: (string | null)[] = []
  const { store, entries } = memoryStore()
  const { context, notes } = round === null ? contextOf() : hostedContext({ round })
  const kind = commitFix({
    store,
    repositories: {
      commit(one) {
        commits.push(one)
        return Promise.resolve(refuses(one) ?? { kind: 'written', sha: sha(commits.length) })
      },
      async deliver(_mirror, name, { from }) {
        delivered.push(name)
        froms.push(from)
        return isMoved ? 'moved' : 'delivered'
      },
    },
  })
  const proof = { before: said(), after: said(), verdict: 'still-green' }
  const input = kind.input.parse({
    place: headPlace,
    repairs,
    proof: [{ check: 'test', ...proof }],
    severity: 'high',
    title: '2 red checks',
    publish,
  })
  return { outcome: await kind.run(input, context), commits, delivered, froms, entries, notes }
}

interface Answers {
  readonly publish?: boolean
  readonly refuses?: (commit: Commit) => Written | null
  readonly isMoved?: boolean
  readonly round?: Round | null
}

function sha(number: number): string {
  return String(number).repeat(40)
}

test('each repair is a commit of its own on top of the one before, and the branch is delivered once', async () => {
  const { outcome, commits, delivered, entries } = await commit([format, types])

  expect(commits.map(({ parent, patch }) => [parent, patch])).toEqual([
    [headPlace.headSha, format.patch],
    [sha(1), types.patch],
  ])
  expect(commits.map((one) => one.branch)).toEqual([branch, branch])
  expect(delivered).toEqual([branch])
  expect(outcome).toEqual({
    kind: 'done',
    outputs: {
      branch,
      head: sha(2),
      commits: [
        { sha: sha(1), check: 'format' },
        { sha: sha(2), check: 'types' },
      ],
      delivered: true,
    },
  })
  expect(entries.map(({ key }) => key)).toEqual([
    'fix/commit/format',
    'fix/commit/types',
    `fix/delivered/${branch}`,
  ])
})

test('a commit says what was red, what was done, and what was run, and nothing that was not', async () => {
  const before = said(findingOf('tsc', 'src/b.ts', 'Cannot find name "c".'))
  const { commits } = await commit([{ ...types, before }])

  const message = commits[0]?.message
  expect(message).toMatch(/^fix: repaired types\n/)
  expect(message).toContain('src/b.ts:1: Cannot find name "c".')
  expect(message).toContain('types was broken')
  expect(message).toContain('run_1')
})

test('a commit names what was red in a file that it changes, not what another one repairs', async () => {
  const findings = ['src/a.ts', 'src/b.ts'].map((file) => findingOf('tsc', file, `red in ${file}`))
  const { commits } = await commit([{ ...types, before: said(...findings) }])

  expect(commits[0]?.message).toContain('red in src/b.ts')
  expect(commits[0]?.message).not.toContain('red in src/a.ts')
})

test('a check that became green through the repairs before it gets no commit', async () => {
  const { commits, delivered } = await commit([format, { ...types, patch: [] }])

  expect(commits.map(({ patch }) => patch)).toEqual([format.patch])
  expect(delivered).toEqual([branch])
})

test.each<[string, readonly Repair[], boolean]>([
  ['in a dry run', [format, types], false],
  ['when a repaired check is in shadow mode', [format, { ...types, mode: 'shadow' }], true],
])('the branch is not delivered %s', async (_title, repairs, publish) => {
  const { outcome, commits, delivered, entries } = await commit(repairs, { publish })

  expect(commits).toHaveLength(2)
  expect(delivered).toEqual([])
  expect(outcome).toMatchObject({ kind: 'done', outputs: { delivered: false } })
  expect(entries.map(({ type }) => type)).not.toContain('fix-delivered')
})

test('a secret in a later repair fails the step, and nothing is delivered', async () => {
  const secret = {
    kind: 'refused',
    because: 'secret-found',
    detail: 'src/b.ts:1 an AWS key',
  } as const
  const { outcome, delivered } = await commit([format, types], {
    refuses: ({ patch }) =>
      patch === types.patch || patch[0]?.path === 'src/b.ts' ? secret : null,
  })

  expect(outcome).toEqual({ kind: 'failed', reason: 'secret-found', detail: secret.detail })
  expect(delivered).toEqual([])
})

test('only the last commit says what the other checks said, for only its tree was run as a whole', async () => {
  const { commits } = await commit([types, format])

  const testing = commits.map(
    ({ message }) => message.split('Testing: ')[1]?.split('\n\n')[0] ?? '',
  )
  expect(testing[0]?.match(/exit/g)).toHaveLength(2)
  expect(testing[1]?.match(/exit/g)?.length).toBeGreaterThan(2)
})

test('a later round goes on with the branch of the first, from where it stands', async () => {
  const first = await commit([format])
  const later = await commit([format, types], { round: secondRound })

  expect(first.froms).toEqual([null])
  expect(first.commits[0]?.isOnTop).toBe(false)
  expect(later.froms).toEqual([headPlace.headSha])
  expect(later.commits.map((one) => [one.branch, one.isOnTop])).toEqual([
    [secondRound.proposal.branch, true],
    [secondRound.proposal.branch, false],
  ])
})

test.each([
  ['in the first round is not written over', null, 'head-moved'],
  ['in a later round is theirs from then on', secondRound, 'taken-over'],
] as const)('a branch that somebody else pushed to %s', async (_which, round, reason) => {
  const { outcome } = await commit([format], { isMoved: true, round })
  expect(outcome).toEqual({ kind: 'failed', reason, detail: expect.any(String) })
})
