import { describe, expect, test } from 'vitest'

import type { CommitVerdict, PullRequest } from '#ports/hosting.ts'
import { awaitChecks, newsTopic } from '#steps/await-checks.ts'
import { stillWanted } from '#steps/still-wanted.ts'

import { hostedContext, memoryHosting, secondRound } from '../support/hosted-world.ts'
import { memoryLedger } from '../support/ledger-world.ts'

interface Told {
  readonly message?: string | null
  readonly tip?: string | null
  readonly pull?: Partial<PullRequest>
  readonly wrote?: Readonly<Record<string, string>>
}

function worldOf(verdict: CommitVerdict, { tip, pull, wrote = {} }: Told) {
  const world = memoryHosting(verdict)
  const { pullRequests, branches } = world.hosting
  const { ledger } = memoryLedger({ wrote })
  return {
    ...world.hosting,
    ...ledger,
    branches: tip === undefined ? branches : { tip: () => Promise.resolve(tip) },
    pullRequests: {
      ...pullRequests,
      look: () => Promise.resolve({ ...world.pullRequest, ...pull }),
    },
  }
}

async function judge(kind: CommitVerdict['kind'], told: Told = {}) {
  const verdict = kind === 'red' ? { kind, failed: ['build'] } : { kind }
  const step = awaitChecks(worldOf(verdict, told))
  const input = step.input.parse({ number: 9, headSha: 'c'.repeat(40) })
  return await step.run(input, hostedContext({}, told.message).context)
}

describe('the checks of the pull request', () => {
  test.each([
    ['pending', 30],
    ['none', 2],
  ] as const)('are waited for while GitHub says %s', async (kind, minutes) => {
    expect(await judge(kind)).toEqual({
      kind: 'wait',
      topic: newsTopic,
      timeoutMs: minutes * 60_000,
      resumes: true,
    })
  })

  test('are waited for again when something else woke the run', async () => {
    expect((await judge('pending', { message: 'woken' })).kind).toBe('wait')
  })

  test.each([
    ['green', undefined],
    ['none', null],
    ['pending', null],
    ['red', undefined],
  ] as const)('%s after %s end the wait', async (kind, message) => {
    const outcome = await judge(kind, message === undefined ? {} : { message })
    expect(outcome).toMatchObject({ kind: 'done', outputs: { verdict: kind } })
  })

  test('are not asked about where nothing was proposed', async () => {
    const step = awaitChecks(worldOf({ kind: 'green' }, {}))
    const input = step.input.parse({ number: null, headSha: null })
    const outcome = await step.run(input, hostedContext().context)
    expect(outcome).toMatchObject({ outputs: { verdict: 'none' } })
  })

  test('say nothing any more once it is merged', async () => {
    expect(await judge('red', { pull: { state: 'merged' } })).toMatchObject({
      outputs: { verdict: 'merged' },
    })
  })
})

const theirs = 'e'.repeat(40)

const ends = [
  ['the branch has another commit', { tip: theirs }, 'head-moved'],
  ['the branch is gone', { tip: null }, 'head-moved'],
  ['somebody closed the pull request', { pull: { state: 'closed' } }, 'proposal-closed'],
  ['somebody pushed to the branch of the fix', { pull: { headSha: theirs } }, 'taken-over'],
] as const

describe('a run stands down', () => {
  test.each([
    [null, 'failed'],
    [{ issue: 3, comment: null }, 'done'],
  ])(
    'where the checks of its commit are green again, unless somebody asked: %j',
    async (asked, kind) => {
      const world = worldOf({ kind: 'green' }, {})
      const checkRuns = { verdict: () => Promise.resolve({ kind: 'green' } as const) }
      const { context } = hostedContext({ asked })
      const outcome = await stillWanted({ ...world, checkRuns }).run({}, context)
      expect(outcome).toMatchObject(kind === 'done' ? { kind } : { kind, reason: 'went-green' })
    },
  )

  test.each(ends)('while it waits for checks, when %s', async (_when, told, reason) => {
    expect(await judge('green', told)).toMatchObject({ kind: 'failed', reason })
  })

  test.each(ends)('between two steps of a later round, when %s', async (_when, told, reason) => {
    const { context } = hostedContext({ round: secondRound })
    const event = { ...context.event, ref: 'c'.repeat(40) }
    const outcome = await stillWanted(worldOf({ kind: 'green' }, told)).run(
      {},
      { ...context, event },
    )
    expect(outcome).toMatchObject({ kind: 'failed', reason })
  })

  test('not where an issue describes a bug and the branch went on meanwhile', async () => {
    const { context } = hostedContext({ asked: { issue: 7, comment: null } })
    const event = { ...context.event, kind: 'bug-described' } as const
    const round = { ...context.event.hosted, round: { ...secondRound, isBug: true } }
    const later = { ...context.event, ref: 'c'.repeat(40), hosted: round }
    for (const of of [event, later]) {
      const step = stillWanted(worldOf({ kind: 'green' }, { tip: theirs }))
      expect((await step.run({}, { ...context, event: of })).kind).toBe('done')
    }
  })

  test('not for a commit of our own that GitHub shows late or early', async () => {
    const told = { pull: { headSha: theirs }, wrote: { [theirs]: 'run_1' } }
    expect((await judge('green', told)).kind).toBe('done')
  })

  test('not in the first round, which has proposed nothing yet', async () => {
    const told = { pull: { state: 'closed' } } as const
    const { context } = hostedContext()
    const outcome = await stillWanted(worldOf({ kind: 'green' }, told)).run({}, context)
    expect(outcome.kind).toBe('done')
  })

  test('when the head of the fork has another commit', async () => {
    const world = worldOf({ kind: 'green' }, {})
    const moved = { number: 5, sha: theirs, branch: 'tea', base: 'main', isFork: true }
    const pullRequests = { ...world.pullRequests, head: () => Promise.resolve(moved) }
    const { context } = hostedContext({ isFork: true })
    const outcome = await stillWanted({ ...world, pullRequests }).run({}, context)
    expect(outcome).toMatchObject({ reason: 'head-moved' })
  })
})
