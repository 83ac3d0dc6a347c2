import { expect, test } from 'vitest'

import type { SelfTestSeen } from '#domain/self-test.ts'
import { selfTestSteps } from '#domain/self-test.ts'
import { selfTestCommit, selfTestDetail, selfTestNews } from '#messages/self-test.ts'

const seen: SelfTestSeen = {
  number: 7,
  head: 'abcdef0123',
  isAsWritten: true,
  begunAt: new Date('2026-11-29T03:17:00Z'),
  liveAt: new Date('2026-11-29T03:18:23Z'),
  isHeard: false,
  isCleared: true,
}
const repository = { installation: 7, id: 11, owner: 'octo', name: 'kiosk' }
const none = { reason: null, reasonDetail: null }

test('the commit of a self-test is called as S2-46 calls it, and has a task', () => {
  expect(selfTestCommit({ taskId: 't-1', runId: 'self-test@2026-11-30T03:17:00.000Z' })).toBe(
    [
      '[test] Deployment workflow validation',
      '',
      'Changes nothing: whether a deploy would go its way is tried with it.',
      '',
      'Task-Id: t-1',
      'Run-Id: self-test@2026-11-30T031700.000Z',
      '',
    ].join('\n'),
  )
})

test('a self-test that failed is told step by step, word for word', () => {
  const steps = selfTestSteps.map((step) => {
    const isGood = step !== 'webhook'
    return { step, isGood, detail: selfTestDetail(step, isGood, { ...seen, ...none }) }
  })
  const place = { repository, environment: 'preview' }
  expect(selfTestNews({ place, runId: 'self-test@1', steps, reason: null }).brief).toBe(
    [
      'Self-test of deploys FAILED in octo/kiosk: Webhook: GitHub did not tell us of the end of the deploy',
      '',
      '✓ Commit: abcdef0 on a branch of its own',
      '✓ Pull request: #7',
      '✓ Deploy: live after 1 minute 23 seconds',
      '✗ Webhook: GitHub did not tell us of the end of the deploy',
      '✓ Clean-up: the pull request is closed and its branch is gone',
      '',
      'Environment: preview',
      'Run: self-test@1',
      '',
    ].join('\n'),
  )
})
