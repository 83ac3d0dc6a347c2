import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openDeliveries } from '#adapters/postgres/open-reports.ts'
import { openDeployments, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { deployEndedType, type DeployFacts } from '#domain/deploy-facts.ts'
import { json } from '#domain/outcome.ts'

import { databases } from '../../support/databases.ts'
import { repairedAndDeployed } from '../../support/recorded-account.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 29, 10, minutes))
const recorded = repairedAndDeployed.runs.find(({ deploy }) => deploy !== null)?.deploy?.what
if (recorded === undefined) throw new Error('The story has a deploy.')
const place = { repository: 11, environment: 'production', pull: 5, sha: 'b' }

describe.each(databases.slice(0, 1))('deliveries on %s', (_name, open) => {
  let pool: Pool
  let close: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    pool = openPool(opened.url, 2)
    close = () => pool.end().then(() => opened.close())
  })
  afterAll(() => close())

  test('count a deploy that a person took back later as one that failed, and its way back as none', async () => {
    const store = await openRunStore(pool)
    const deployments = openDeployments(pool)
    const tell = (runId: string, facts: Partial<DeployFacts>) =>
      store.append({
        runId,
        key: 'facts/deploy-ended',
        type: deployEndedType,
        data: json.parse(JSON.parse(JSON.stringify({ ...recorded, ...facts }))),
      })
    await deployments.enter({ ...place, runId: 'b' }, { now: at(0), until: at(60) })
    await deployments.begin('b', { by: ['maria'], since: at(0), now: at(1) })
    await deployments.live('b', at(2))
    await tell('b', {})
    await deployments.end('b', 'verified', at(8))
    const before = await openDeliveries(pool).since(at(0))
    const way = { ...place, runId: 'back', takesBack: 'b', by: 'maria' }
    await deployments.askBack(way, { now: at(20), until: at(80) })
    await deployments.takeBack('back', 'a', at(20))
    const times = { began: null, live: null, decided: at(20), restored: at(22) }
    await tell('back', { times })
    await deployments.end('back', 'rolled-back', at(23))

    expect(before).toMatchObject([{ runId: 'b', state: 'verified' }])
    expect(await openDeliveries(pool).since(at(0))).toMatchObject([
      { runId: 'b', state: 'rolled-back', liveAt: at(2), restoredAt: at(22) },
    ])
  })
})
