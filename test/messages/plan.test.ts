import { join } from 'node:path'

import { expect, test } from 'vitest'

import { gateRules } from '#domain/gate.ts'
import { planLines } from '#messages/plan.ts'

const digest = '3f2a9c01b2d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e'
const plan = (environment: string, rules: unknown) => ({
  environment,
  plan: { digest, rules: gateRules.parse(rules) },
})

test('what an approval is bound to is told word for word', async () => {
  const plans = [
    plan('staging', {}),
    plan('production', {
      approvals: 2,
      role: 'maintain',
      people: ['maria', 'a|b'],
      teams: ['platform'],
      'expires-hours': 0.5,
      'require-sha': true,
      forks: true,
      'blocking-labels': [],
      freezes: [{ from: '2026-12-20', to: '2027-01-05' }],
      hours: { from: '09:00', to: '16:00' },
      'auto-approve': { paths: ['docs/**'] },
      deploy: {
        probes: [{ url: 'https://shop.example/health' }],
        metrics: { json: 'https://m' },
        'land-revert': true,
      },
    }),
    plan('preview', { deploy: { revert: false } }),
  ]
  await expect(`${planLines(plans)}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, 'golden', 'plans.txt'),
  )
})
