import { describe, expect, test } from 'vitest'

import type { PullRequestHead } from '#ports/hosting.ts'
import { announceRun } from '#steps/announce-run.ts'
import { awaitChecks } from '#steps/await-checks.ts'
import { concludeRun } from '#steps/conclude-run.ts'
import { openPullRequest } from '#steps/open-pull-request.ts'
import { record } from '#steps/record.ts'

import { contextOf, headPlace, repairOf } from '../support/fix-world.ts'
import { head, hosted, hostedContext, memoryHosting, storeOf } from '../support/hosted-world.ts'

describe('a run that a failed check started', () => {
  test('is announced on the commit and on its pull request', async () => {
    const world = memoryHosting()
    await announceRun(world.hosting).run({}, hostedContext().context)

    expect(world.shown).toMatchObject([
      { headSha: hosted.headSha, externalId: 'run_1', conclusion: null },
    ])
    expect(world.comments).toMatchObject([{ issue: 5 }])
    expect(world.acknowledged).toEqual([])
  })

  test('puts eyes on the comment that asked for it, and answers there where no pull request is', async () => {
    const world = memoryHosting()
    const asked = { issue: 3, comment: 44 }
    await announceRun(world.hosting).run({}, hostedContext({ asked, pullRequest: null }).context)

    expect(world.acknowledged).toEqual([44])
    expect(world.comments).toMatchObject([{ issue: 3 }])
  })

  test('cannot be announced when nobody knows where', async () => {
    const announce = announceRun(memoryHosting().hosting)
    await expect(announce.run({}, contextOf().context)).rejects.toThrow('fix-requested')
  })
})

describe('a branch with a fix', () => {
  const input = {
    branch: 'auto-fix/1-types',
    delivered: true,
    title: 'types',
    failure: 'types',
    supersedes: [],
  }

  async function open(given: object = {}, more: object = {}, risk: 'safe' | 'review' = 'safe') {
    const world = memoryHosting()
    const store = storeOf()
    const repair = { ...repairOf('types', [{ path: 'a.ts', content: 'x' }]), risk }
    await record(store, { runId: 'run_1', key: 'types' }, { kind: 'repair', repair })
    const { context, notes } = hostedContext(more)
    const step = openPullRequest({ ...world.hosting, store })
    const outcome = await step.run(step.input.parse({ ...input, ...given }), context)
    return { ...world, outcome, notes, facts: await store.audit() }
  }

  test('is proposed against the branch that is red, with its evidence, and put on record', async () => {
    const { opened, outcome, facts } = await open()

    expect(opened).toMatchObject([
      { head: 'auto-fix/1-types', base: 'topic', title: 'fix: types', labels: ['auto-fix'] },
    ])
    expect(opened[0]?.body).toContain('Repaired types')
    expect(opened[0]?.body).toContain('exit 1 → exit 0')
    expect(outcome).toMatchObject({ outputs: { number: 9, needsHuman: false } })
    expect(facts.map(({ type }) => type)).toContain('fix-pull-request')
  })

  test('takes the place of older ones', async () => {
    expect((await open({ supersedes: [4, 9] })).superseded).toEqual([4])
  })

  test('closes the issue that asked for it', async () => {
    const { opened } = await open({}, { asked: { issue: 3, comment: null } })
    expect(opened[0]?.body).toContain('Fixes #3')
  })

  test('waits for a human where the repair has to be looked at', async () => {
    const { opened, outcome } = await open({}, {}, 'review')
    expect(opened[0]?.body).toContain('draft until a human decides')
    expect(outcome).toMatchObject({ outputs: { needsHuman: true } })
  })

  test.each([
    ['of a fork', {}, { isFork: true }],
    ['that was not delivered', { delivered: false }, {}],
  ])('%s is proposed nowhere', async (_which, given, more) => {
    const { opened, outcome } = await open(given, more)
    expect(opened).toEqual([])
    expect(outcome).toMatchObject({ kind: 'done', outputs: { number: null } })
  })
})

async function judge(
  kind: 'none' | 'pending' | 'green' | 'red',
  { message, needsHuman = false }: { message?: string | null; needsHuman?: boolean } = {},
) {
  const world = memoryHosting(kind === 'red' ? { kind, failed: ['build'] } : { kind })
  const step = awaitChecks(world.hosting)
  const input = step.input.parse({ number: 9, headSha: 'c'.repeat(40), needsHuman })
  const outcome = await step.run(input, hostedContext({}, message).context)
  return { outcome, readied: world.readied }
}

describe('the checks of the pull request', () => {
  test.each([
    ['pending', 30],
    ['none', 2],
  ] as const)('are waited for while GitHub says %s', async (kind, minutes) => {
    const { outcome, readied } = await judge(kind)
    expect(outcome).toEqual({
      kind: 'wait',
      topic: `checks/${'c'.repeat(40)}`,
      timeoutMs: minutes * 60_000,
      resumes: true,
    })
    expect(readied).toEqual([])
  })

  test('are waited for again when something else woke the run', async () => {
    expect((await judge('pending', { message: 'woken' })).outcome.kind).toBe('wait')
  })

  test.each([
    ['green', undefined, [9]],
    ['none', null, [9]],
    ['pending', null, []],
    ['red', undefined, []],
  ] as const)('%s after %s, mark as ready %j', async (kind, message, ready) => {
    const { outcome, readied } = await judge(kind, message === undefined ? {} : { message })
    expect(outcome).toMatchObject({ kind: 'done', outputs: { verdict: kind } })
    expect(readied).toEqual(ready)
  })

  test('that are green leave a draft a draft where a human has to decide', async () => {
    expect((await judge('green', { needsHuman: true })).readied).toEqual([])
  })

  test('are not asked about where nothing was proposed', async () => {
    const step = awaitChecks(memoryHosting().hosting)
    const input = step.input.parse({ number: null, headSha: null, needsHuman: false })
    const outcome = await step.run(input, hostedContext().context)
    expect(outcome).toMatchObject({ outputs: { verdict: 'none' } })
  })
})

async function conclude(given: object, more: object = {}, atHead: PullRequestHead | null = null) {
  const world = memoryHosting({ kind: 'green' }, [], atHead)
  const repositories = { diff: () => Promise.resolve('--- a/a.ts\n+++ b/a.ts\n') }
  const step = concludeRun({ ...world.hosting, store: storeOf(), repositories })
  const nothing = { reason: null, detail: null, number: null, url: null }
  const fixed = { place: headPlace, patch: [{ path: 'a.ts', content: 'x' }] }
  await step.run(step.input.parse({ ...nothing, ...fixed, ...given }), hostedContext(more).context)
  return world
}

describe('the end of a run', () => {
  test('says why there is no fix, and what to do about it', async () => {
    const { shown, comments } = await conclude({ reason: 'flaky', detail: 'test: @octocat [x](y)' })

    expect(shown).toMatchObject([{ externalId: 'run_1', conclusion: 'neutral' }])
    expect(comments[0]?.body).toContain('What you can do')
    expect(comments[0]?.body).not.toContain('@octocat')
    expect(comments[0]?.body).not.toContain('[x](y)')
  })

  test('names the pull request', async () => {
    const { shown } = await conclude({ number: 9, url: 'https://github.example/9' })
    expect(shown[0]?.title).toBe('Repaired: pull request #9')
  })

  test('is told on a pull request that was opened while the run went on', async () => {
    const opened = { ...head, number: 12 }
    const { comments } = await conclude({}, { pullRequest: null }, opened)
    expect(comments).toMatchObject([{ issue: 12 }])
  })

  test('is shown on the check run alone where nobody else is to be told', async () => {
    const { shown, comments } = await conclude({}, { pullRequest: null })
    expect([shown.length, comments.length]).toEqual([1, 0])
  })

  test('shows the fix as a patch where the branch stands in a fork, and only there', async () => {
    const [fork, own] = [await conclude({}, { isFork: true }), await conclude({})]
    expect(fork.comments[0]?.body).toContain('```diff\n--- a/a.ts')
    expect(own.comments[0]?.body).not.toContain('--- a/a.ts')
  })
})
