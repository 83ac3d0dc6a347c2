import { expect, test } from 'vitest'

import { carriedBy } from '#adapters/deploy/carriers.ts'
import type { Carrier, DeployOrder } from '#ports/deployments.ts'

import { deployOrder } from '../../support/deploy-order.ts'

const record = {
  begunAt: new Date(0),
  askedAt: null,
  trace: null,
  about: () => Promise.reject(new Error('never')),
}
const named = (detail: string): Carrier => ({
  carry: () => Promise.resolve({ kind: 'failed', detail, trace: null }),
})

const carry = (means: DeployOrder['means'], isSet: boolean) =>
  carriedBy({
    workflow: named('workflow'),
    vercel: isSet ? named('vercel') : null,
    command: isSet ? named('command') : null,
  }).carry(deployOrder({ means }), record)

test('each order goes to whom its configuration names, and to nobody else', async () => {
  const vercel = { vercel: 'prj_1', team: null }
  expect(await carry({ workflow: 'deploy.yml' }, true)).toMatchObject({ detail: 'workflow' })
  expect(await carry(vercel, true)).toMatchObject({ detail: 'vercel' })
  expect(await carry('command', true)).toMatchObject({ detail: 'command' })
  const unset = [
    [vercel, 'VERCEL_TOKEN'],
    ['command', 'DEPLOY_COMMANDS'],
  ] as const
  for (const [means, setting] of unset) {
    const detail = expect.stringContaining(`${setting} is not set`)
    expect(await carry(means, false)).toMatchObject({ kind: 'failed', detail })
  }
})
