import { describe, expect, test } from 'vitest'

import type { CommitVerdict } from '#ports/hosting.ts'
import { awaitChecks } from '#steps/await-checks.ts'
import { translate } from '#webhooks/translate.ts'

import { onBranchPushed, onChecksCompleted } from '../src/app-hub-news.ts'
import { redCheck } from './support/attack-world.ts'
import { inRepository, told } from './support/history.ts'
import { hostedContext } from './support/hosted-world.ts'
import { branchPushed, checksCompleted } from './support/hub-events.ts'
import { green, ours, world } from './support/news-world.ts'

describe('a push', () => {
  test('wakes the runs that repair an older commit of the branch', async () => {
    const under = [
      { runId: 'run_1', headSha: 'b'.repeat(40) },
      { runId: 'run_2', headSha: 'd'.repeat(40) },
    ]
    const { parts, signals } = world({ under })
    await onBranchPushed(parts, branchPushed())
    expect(signals).toEqual(['run_1'])
  })

  test('of somebody to a branch of ours makes it theirs, said once however often it is told', async () => {
    const { parts, signals, givenUp, comments } = world()
    const push = branchPushed({ branch: 'auto-fix/1-types' })
    await onBranchPushed(parts, push)
    await onBranchPushed(parts, { ...push, deliveryId: 'another', after: 'e'.repeat(40) })

    expect(comments).toMatchObject([{ issue: 9 }])
    expect(givenUp[0]).toEqual([9, 'taken-over'])
    expect(signals).toContain('run_9')
  })

  test('that takes something back is held against what we proposed for that branch', async () => {
    const { parts, takenBack } = world()
    const messages = ['docs: x', `Revert "fix"\n\nThis reverts commit ${ours}.`]
    await onBranchPushed(parts, branchPushed({ messages }))
    expect(takenBack).toEqual([{ branch: 'main', commits: [ours], pulls: [] }])
  })

  test('that takes back what a rebase made of ours is held against its pull request, as GitHub knows it', async () => {
    const { parts, takenBack } = world()
    const made = 'e'.repeat(40)
    const broughtBy = async (_where: unknown, sha: string) => (sha === made ? 9 : null)
    const changes = { ...parts.hosting.changes, broughtBy }
    const messages = [ours, made].map((sha) => `Revert "fix"\n\nThis reverts commit ${sha}.`)
    await onBranchPushed(
      { ...parts, hosting: { ...parts.hosting, changes } },
      branchPushed({ messages }),
    )
    expect(takenBack).toEqual([{ branch: 'main', commits: [ours, made], pulls: [9] }])
  })

  test.each([
    ['of a commit that we wrote, told late', { after: ours }],
    ['that deletes it', { after: null }],
  ])('to a branch of ours %s leaves it ours', async (_which, more) => {
    const { parts, givenUp, comments } = world()
    await onBranchPushed(parts, branchPushed({ branch: 'auto-fix/1-types', ...more }))
    expect([givenUp, comments]).toEqual([[], []])
  })
})

test('checks of a fix that end wake its run, and whoever waits for a fix of that branch', async () => {
  const under = [{ runId: 'run_who', headSha: 'd'.repeat(40) }]
  const { parts, signals } = world({ under })
  const head = { ...green, sha: ours, branch: 'auto-fix/1-types' }
  await onChecksCompleted(parts, checksCompleted({ head }))
  expect(signals).toEqual(['run_9', 'run_who'])
})

const isOursGreen = async (_where: unknown, sha: string): Promise<CommitVerdict> =>
  sha === ours ? { kind: 'green' } : { kind: 'red', failed: ['ci/older'] }

const status = { id: 5, sha: ours, state: 'success', context: 'ci/older', branches: [] }
const suite = { head_branch: 'auto-fix/1-types', status: 'completed' }
const check = { head_sha: ours, conclusion: 'success', check_suite: suite }

test.each([
  ['status', told('status', inRepository(11), status)],
  ['check that is the last of its suite', redCheck(check, inRepository(11))],
  ['check without a suite', redCheck({ ...check, check_suite: null }, inRepository(11))],
])(
  'one green %s wakes the run that waits for it, which finds its proposal green',
  async (_kind, { id, name, payload }) => {
    const { parts, signals } = world()
    const us = { appId: 99, login: 'keeper[bot]' }
    const heard = translate({ id, name, us, payload: JSON.parse(payload) })
    const [event] = heard.kind === 'events' ? heard.events : []
    expect(heard).toMatchObject({ kind: 'events', events: [{ kind: 'checks-completed' }] })
    if (event?.kind !== 'checks-completed') throw new Error('not heard')
    await onChecksCompleted(parts, event)

    const step = awaitChecks({ ...parts.hosting, ...parts, checkRuns: { verdict: isOursGreen } })
    const { context } = hostedContext({ headSha: green.sha }, signals[0])
    const input = step.input.parse({ number: 9, headSha: ours })
    expect(signals).toEqual(['run_9'])
    expect(await step.run(input, context)).toMatchObject({ outputs: { verdict: 'green' } })
  },
)

describe('checks that ended', () => {
  test('wake the run that wrote the commit', async () => {
    const { parts, signals, closed } = world()
    const head = { sha: ours, branch: 'auto-fix/1-types', repositoryId: 11 }
    await onChecksCompleted(parts, checksCompleted({ head }))
    expect([signals, closed]).toEqual([['run_9'], []])
  })

  test('and leave a branch green close our fix for it, with a sentence and as we left it', async () => {
    const { parts, comments, closed, left, givenUp } = world()
    await onChecksCompleted(parts, checksCompleted({ head: green }))
    expect(comments[0]?.body).toContain('green again')
    expect([closed, givenUp]).toEqual([[9], [[9, 'withdrawn']]])
    expect(left).toMatchObject([{ branch: 'auto-fix/1-types', headSha: ours }])
  })

  test('and leave a branch green wake whoever is busy with it, also where nothing is proposed', async () => {
    const under = [{ runId: 'run_who', headSha: 'd'.repeat(40) }]
    const { parts, signals } = world({ under, known: [] })
    await onChecksCompleted(parts, checksCompleted({ head: green }))
    expect(signals).toEqual(['run_who'])
  })

  test.each([
    ['are red', checksCompleted({ head: green, conclusion: 'failure' }), green.sha],
    ['are about an older commit', checksCompleted({ head: green }), 'e'.repeat(40)],
    [
      'are about another branch',
      checksCompleted({ head: { ...green, branch: 'topic' } }),
      green.sha,
    ],
    [
      'are followed by a red one',
      checksCompleted({ head: { ...green, sha: 'b'.repeat(40) } }),
      'b'.repeat(40),
    ],
  ])('close nothing where they %s', async (_which, event, tip) => {
    const { parts, closed, givenUp } = world({}, tip)
    await onChecksCompleted(parts, event)
    expect([closed, givenUp]).toEqual([[], []])
  })
})
