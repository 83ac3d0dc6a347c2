import { expect, test } from 'vitest'

import type { News } from '#domain/news.ts'
import { raiseAlerts } from '#steps/raise-alerts.ts'

const now = new Date('2026-11-29T10:00:00.000Z')
const place = { repository: 11, environment: 'production' } as const
const one = (state: 'verified' | 'rolled-back', fields: { environment?: string } = {}) => ({
  runId: 'run_1',
  ...place,
  state,
  enteredAt: now,
  committedAt: null,
  beganAt: now,
  liveAt: now,
  decidedAt: now,
  restoredAt: null,
  closedAt: null,
  before: null,
  after: null,
  ...fields,
})

test('an environment that is far off its objectives is told of, once a day and objective', async () => {
  const told: News[] = []
  const all = [
    ...Array.from({ length: 10 }, (_, index) => one(index < 3 ? 'rolled-back' : 'verified')),
    ...Array.from({ length: 10 }, () => one('verified', { environment: 'staging' })),
  ]
  const kind = raiseAlerts({
    deliveries: { since: async () => all },
    newsroom: { post: async (news) => void told.push(news) },
    clock: { now: () => now },
  })
  const repository = { id: 11, owner: 'acme', name: 'shop', installation: 5 }
  const context = {
    runId: 'run_1',
    phase: 'report',
    step: 'alerts',
    attempt: 1,
    startedAt: now,
    signal: new AbortController().signal,
    note: () => undefined,
    event: {
      kind: 'deploy-approved' as const,
      repository: '/o',
      ref: 'a',
      base: null,
      checks: [],
      taskId: 't',
      publish: true,
      deploy: { repository, environment: 'production', pull: 5, title: 'Faster' },
    },
  }
  expect(await kind.run({ days: 30 }, context)).toEqual({ kind: 'done', outputs: {} })
  expect(told.map(({ key }) => key)).toEqual([
    'alert 11 production success 2026-11-29',
    'alert 11 production rollbacks 2026-11-29',
  ])
  expect(told[0]?.brief).toContain('🚨 ALERT: acme/shop, production')
})
