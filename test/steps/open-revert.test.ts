import { describe, expect, test } from 'vitest'

import type { Patch } from '#domain/patch.ts'
import type { Commit } from '#ports/repositories.ts'
import { openRevert } from '#steps/open-revert.ts'

import { culpritContext, culpritOf, memoryCulprits } from '../support/culprit-world.ts'
import { headPlace, memoryStore } from '../support/fix-world.ts'
import { memoryHosting } from '../support/hosted-world.ts'
import { memoryLedger } from '../support/ledger-world.ts'

const guilty = culpritOf(1)
const patch: Patch = [
  { path: 'sum.js', content: 'a + b\n' },
  { path: 'new.js', content: null },
]
const onMain: Record<string, string> = { 'sum.js': 'a - b\n', 'new.js': 'new\n' }

interface Given {
  readonly more?: object
  readonly pushed?: 'delivered' | 'moved'
  readonly shadow?: boolean
}

async function open({ more = {}, pushed = 'delivered', shadow = false }: Given) {
  const { hosting, opened } = memoryHosting()
  const { ledger, saved } = memoryLedger()
  const { culprits, decided } = memoryCulprits()
  const { store } = memoryStore()
  const commits: Commit[] = []
  const repositories = {
    commit: async (commit: Commit) => {
      commits.push(commit)
      return { kind: 'written' as const, sha: 'f'.repeat(40) }
    },
    deliver: () => Promise.resolve(pushed),
    read: (_mirror: unknown, _sha: string, path: string) => Promise.resolve(onMain[path] ?? null),
  }
  const { context } = culpritContext({}, !shadow)
  // In shadow mode what would be opened is on record, and nothing is.
  const { forsake } = hosting.pullRequests
  const pullRequests = shadow
    ? { open: () => Promise.resolve(null), forsake }
    : hosting.pullRequests
  const step = openRevert({ pullRequests, ...ledger, culprits, store, repositories })
  const input = {
    place: headPlace,
    patch,
    culprits: [guilty],
    proof: [],
    title: 'revert feat: number 1',
    branch: 'auto-fix/deadbeef-revert',
    head: 'd'.repeat(40),
    delivered: true,
    sensitive: false,
  }
  const outcome = await step.run(step.input.parse({ ...input, ...more }), context)
  return { outcome, opened, saved, decided, commits }
}

describe('a proved revert', () => {
  test('is proposed as a draft for the red branch, on record as a revert, and counted', async () => {
    const { outcome, opened, saved, decided } = await open({})
    expect(outcome).toMatchObject({
      outputs: { number: 9, headSha: 'd'.repeat(40), forward: 9, needsHuman: false },
    })
    expect(opened[0]).toMatchObject({ base: 'main', labels: ['auto-revert'] })
    expect(opened[0]?.body).toContain(guilty.commit.sha.slice(0, 12))
    expect(saved).toMatchObject([
      { kind: 'revert', base: 'main', headSha: 'd'.repeat(40) },
      { kind: 'forward', base: 'auto-fix/deadbeef-revert', headSha: 'f'.repeat(40) },
    ])
    expect(decided).toEqual({ [guilty.commit.sha]: null })
  })

  test('has the change again behind it, as it was', async () => {
    const { opened, commits } = await open({})
    expect(commits).toMatchObject([
      {
        parent: 'd'.repeat(40),
        patch: [
          { path: 'sum.js', content: 'a - b\n' },
          { path: 'new.js', content: 'new\n' },
        ],
      },
    ])
    expect(opened[1]).toMatchObject({
      base: 'auto-fix/deadbeef-revert',
      labels: ['fix-forward'],
      title: 'Again: revert feat: number 1',
    })
  })

  test('is proposed alone where the branch behind it is taken', async () => {
    const { outcome, opened } = await open({ pushed: 'moved' })
    expect(outcome).toMatchObject({ outputs: { number: 9, forward: null } })
    expect(opened).toHaveLength(1)
  })

  test.each<[string, object]>([
    ['its pull request has a security label', { sensitive: true }],
    ['it touches the never list', { patch: [{ path: 'src/auth/login.ts', content: 'x' }] }],
  ])('is for a human where %s', async (_when, more) => {
    const { outcome, opened } = await open({ more })
    expect(outcome).toMatchObject({ outputs: { needsHuman: true } })
    expect(opened[0]?.labels).toContain('needs-human-review')
  })

  test('in shadow mode is remembered and counted nowhere', async () => {
    const { outcome, commits, saved, decided } = await open({ shadow: true })
    expect(outcome).toMatchObject({ outputs: { number: null } })
    expect([commits, saved, decided]).toEqual([[], [], {}])
  })

  test('that may not leave us is proposed nowhere', async () => {
    const { outcome, opened } = await open({ more: { delivered: false } })
    expect([outcome.kind, opened]).toEqual(['done', []])
  })
})
