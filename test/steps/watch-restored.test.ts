import { expect, test } from 'vitest'

import { deployPlan } from '#domain/deploy.ts'
import type { Counts } from '#domain/watch.ts'
import { watchRestored } from '#steps/watch-restored.ts'

import { memoryDeployments } from '../support/deploy-ledger.ts'
import { deployContext } from '../support/step-context.ts'

const entered = new Date('2026-11-29T10:00:00Z')
const restored = new Date('2026-11-29T10:02:00Z')
const over = new Date('2026-11-29T10:07:30Z')
const plan = deployPlan.parse({ metrics: { json: 'http://shop.example' } })
const context = deployContext({ sha: 'b', number: 6, title: '' }, 2)
const usual = { errors: 30, requests: 30_000 }

async function watched(since: Counts | null, alone = true) {
  const deployments = memoryDeployments()
  const of = { repository: 11, environment: 'production', pull: 6 }
  await deployments.enter({ ...of, runId: 'run_2', sha: 'b' }, { now: entered, until: over })
  await deployments.begin('run_2', { by: [], since: entered, now: entered })
  await deployments.end('run_2', 'rolled-back', restored)
  if (!alone) {
    await deployments.enter({ ...of, runId: 'run_3', sha: 'c' }, { now: over, until: over })
    await deployments.begin('run_3', { by: [], since: over, now: over })
  }
  const said: string[] = []
  const windows: string[] = []
  const kind = watchRestored({
    deployments,
    metrics: {
      async count(_question, { from, to }) {
        windows.push(`${from.toISOString().slice(11, 19)}-${to.toISOString().slice(11, 19)}`)
        return to <= entered ? usual : since
      },
    },
    comments: { show: async (_repository, { issue, body }) => void said.push(`${issue} ${body}`) },
    store: { append: async () => undefined },
    clock: { now: () => over },
  })
  const input = { plan, restoredAt: restored.toISOString(), incident: 100 }
  const outcome = await kind.run(input, context)
  return { outcome, said, windows }
}

test.each([
  ['errors are what they were', usual, true, 'pass', 'are what they were: 30 of 30000'],
  ['they are not', { errors: 900, requests: 30_000 }, true, 'fail', 'are NOT what they were'],
  ['nobody counted them', null, true, 'inconclusive', 'nothing was measured'],
  ['something else went out', usual, false, 'inconclusive', 'Nobody can tell'],
])('what was brought back is watched, and people hear that %s (S2-32)', async (...of) => {
  const [, since, alone, verdict, words] = of
  const { outcome, said, windows } = await watched(since, alone)
  expect(outcome).toEqual({ kind: 'done', outputs: { verdict } })
  expect(said.map((one) => one.split(' ')[0])).toEqual(['6', '100'])
  expect(said[0]).toContain(words)
  expect(windows).toEqual(['09:55:00-10:00:00', '10:02:30-10:07:30'])
})
