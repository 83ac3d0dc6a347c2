import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openAccounts } from '#adapters/postgres/open-reports.ts'
import { openDeployments, openLedger, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { deployIn } from '#domain/account.ts'
import { deployEndedType } from '#domain/deploy-facts.ts'
import { json } from '#domain/outcome.ts'
import type { RunStore } from '#ports/run-store.ts'

import { databases } from '../../support/databases.ts'
import { repairedAndDeployed } from '../../support/recorded-account.ts'

const [repair, deploy] = repairedAndDeployed.runs
if (repair === undefined || deploy?.deploy == null) throw new Error('The story has two runs.')
const facts = deploy.deploy.what
const now = new Date('2025-10-18T14:00:22.000Z')

describe.each(databases.slice(0, 1))('accounts on %s', (_name, open) => {
  let pool: Pool
  let store: RunStore
  let close: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    pool = openPool(opened.url, 2)
    close = () => pool.end().then(() => opened.close())
    store = await openRunStore(pool)
    await store.saveRun({ ...repair.run, taskId: 'task-of-the-repair' })
    await store.saveRun({ ...deploy.run, taskId: 'task-of-the-deploy' })
    for (const [index, { what }] of repair.facts.entries())
      await store.append({
        runId: repair.run.id,
        key: String(index),
        type: `fix-${what.kind}`,
        data: json.parse(what),
      })
    await store.append({
      runId: deploy.run.id,
      key: 'deploy/ended',
      type: deployEndedType,
      data: json.parse(JSON.parse(JSON.stringify(facts))),
    })
    await openLedger(pool).proposals.save({
      kind: 'fix',
      repository: 11,
      number: facts.pull,
      branch: 'auto-fix/1',
      base: 'main',
      headSha: 'a',
      failure: 'types',
      taskId: 'task-of-the-repair',
    })
    const { environment, pull, sha } = facts
    const place = { repository: 11, environment, pull, sha }
    await openDeployments(pool).enter({ runId: deploy.run.id, ...place }, { now, until: now })
  })
  afterAll(() => close())

  test.each([
    ['the run of the repair', repair.run.id],
    ['the run of the deploy', deploy.run.id],
    ['the task of the repair', 'task-of-the-repair'],
    ['the task of the deploy', 'task-of-the-deploy'],
  ])('have the repair and the deploy of its pull request, asked by %s', async (_by, id) => {
    const account = await openAccounts(pool).of(id)
    expect(account?.runs.map(({ run }) => run.id)).toEqual([repair.run.id, deploy.run.id])
    expect(account?.runs[0]?.facts.map(({ what }) => what)).toEqual(
      repair.facts.map(({ what }) => what),
    )
    expect(account && deployIn(account)).toEqual(facts)
    expect(account?.taskId).toBe('task-of-the-repair')
  })

  test('have nothing of what is not on record', async () => {
    expect(await openAccounts(pool).of('run_of_nobody')).toBeNull()
  })
})
