import { expect, test } from 'vitest'

import { noHosting } from '#adapters/github/hosting.ts'

import { lookAfterChecks } from '../src/app-gate-woken.ts'
import { documentedChange } from './support/documented-change.ts'
import { hub, people } from './support/gated-change.ts'

const [, , bob] = people
const changeAt = async (_repository: unknown, sha: string) => (sha === 'head' ? 5 : null)
const checksCompleted = (sha: string) => ({
  kind: 'checks-completed' as const,
  source: 'check-suite' as const,
  deliveryId: 'd',
  repository: hub,
  sender: { ...bob, type: 'user' as const },
  conclusion: 'success',
  head: { sha, branch: 'main', repositoryId: null },
  pulls: [],
  reporter: null,
})

test('a small change is approved as soon as its checks have ended, and those of other commits change nothing', async () => {
  const { hear, gate, seen, parts, hosting } = await documentedChange()
  seen.verdict = 'pending'
  await hear()
  seen.verdict = 'green'
  const protection = { ...noHosting().protection, changeAt }
  const woken = { ...parts, hosting: { ...hosting, protection } }
  await lookAfterChecks(woken, checksCompleted('of another'))
  expect(gate()).toBe('action_required')
  await lookAfterChecks(woken, checksCompleted('head'))
  expect(gate()).toBe('success')
})
