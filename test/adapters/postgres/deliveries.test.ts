import { createHash } from 'node:crypto'

import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { decidedPlans } from '#adapters/postgres/decided-plans.ts'
import { openApprovals } from '#adapters/postgres/open-decisions.ts'
import { openDeliveries, openGateRecords } from '#adapters/postgres/open-reports.ts'
import { openDeployments, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { deployEndedType, type DeployFacts } from '#domain/deploy-facts.ts'
import { approvalUsedType, gateRules } from '#domain/gate.ts'
import { incidentChangedType } from '#domain/incident.ts'
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
    const say = (key: string, data: Record<string, string | number | null>) =>
      store.append({ runId: 'b', key, type: incidentChangedType, data })
    const [soon, late] = [at(30).toISOString(), at(40).toISOString()]
    await say('reopened', { repository: 11, closedAt: null, at: soon })
    await say('closed', { repository: 11, closedAt: late, at: late })
    await say('told late', { repository: 11, closedAt: soon, at: soon })
    await say('elsewhere', { repository: 12, closedAt: null, at: '2027-01-01T00:00:00Z' })
    const way = { ...place, runId: 'back', takesBack: 'b', by: 'maria' }
    await deployments.askBack(way, { now: at(20), until: at(80) })
    await deployments.takeBack('back', 'a', at(20))
    const times = { began: null, live: null, decided: at(20), restored: at(22) }
    await tell('back', { times })
    await deployments.end('back', 'rolled-back', at(23))

    expect(before).toMatchObject([{ runId: 'b', state: 'verified', closedAt: null }])
    expect(await openDeliveries(pool).since(at(0))).toMatchObject([
      { runId: 'b', state: 'rolled-back', liveAt: at(2), restoredAt: at(22), closedAt: at(40) },
    ])
  })

  test('have the gate as it was when the deploy came to it, and nothing of what came after that', async () => {
    const store = await openRunStore(pool)
    const { environment, pull, sha } = recorded
    const { approvals, restraints } = openApprovals(pool)
    const on = { repository: 12, pull, environment }
    const plan = JSON.stringify([environment, gateRules.parse({ approvals: 2 })])
    const said = { person: { id: 1, login: 'maria' }, reason: null, at: at(0) }
    const about = {
      ...said,
      emergency: false,
      sha,
      trees: ['t'],
      plan,
      expiresAt: new Date('2030-01-01'),
    }
    const lock = { ...said, kind: 'lock', environment, isEverywhere: false } as const
    const here = { installation: 7, id: 12 }
    await openDeployments(pool).enter({ runId: 'gated', ...on, sha }, { now: at(0), until: at(9) })
    expect(await openGateRecords(pool).of('gated')).toBeNull()
    await approvals.record(on, { ...about, verdict: 'approve', source: 'comment 1' })
    await restraints.put(here, { ...lock, source: 'comment 2' })
    const planDigest = createHash('sha256').update(plan).digest('hex')
    const used = { runId: 'gated', key: 'used', type: approvalUsedType }
    await store.append({ ...used, data: { by: ['maria'], planDigest } })
    await approvals.record(on, { ...about, verdict: 'reject', source: 'comment 3' })
    await approvals.void(12, 'comment 1', 'deleted')
    const lift = { kinds: ['lock'], environment, isEverywhere: false } as const
    await restraints.lift(here, { ...lift, person: said.person, at: new Date() })
    await restraints.put(here, { ...lock, kind: 'freeze', source: 'comment 4' })
    expect(await openGateRecords(pool).of('gated')).toMatchObject({
      environment,
      sha,
      used: { by: ['maria'], planDigest, auto: null },
      decisions: [{ verdict: 'approve', voided: null }],
      plan: { text: plan, rules: { approvals: 2 } },
      inForce: [{ kind: 'lock' }],
      frozenAt: null,
    })
    const rules = { approvals: 2 }
    expect(await decidedPlans(pool)).toMatchObject([{ repository: 12, environment, rules }])
  })
})
