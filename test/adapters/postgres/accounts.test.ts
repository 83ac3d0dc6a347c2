import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openAccounts, openEmergencies, openMendingTasks } from '#adapters/postgres/open-reports.ts'
import { openDeployments, openLedger, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { deployIn } from '#domain/account.ts'
import { deployEndedType } from '#domain/deploy-facts.ts'
import { approvalUsedType } from '#domain/gate.ts'
import { incidentChangedType } from '#domain/incident.ts'
import { json } from '#domain/outcome.ts'
import { secondLookType } from '#domain/second-look.ts'
import type { RunStore } from '#ports/run-store.ts'

import { databases } from '../../support/databases.ts'
import { repairedAndDeployed } from '../../support/recorded-account.ts'
import { recordedRun } from '../../support/recorded-run.ts'

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

  test('have what people did with the issue of the incident, in the order in which they did it', async () => {
    const change = (at: string, closedAt: string | null) =>
      store.append({
        runId: deploy.run.id,
        key: `facts/incident ${at}`,
        type: incidentChangedType,
        data: { repository: 11, number: 31, closedAt, at, by: 'maria' },
      })
    // GitHub delivers in any order.
    await change('2025-10-18T15:00:00.000Z', null)
    await change('2025-10-18T14:30:00.000Z', '2025-10-18T14:30:00.000Z')
    const account = await openAccounts(pool).of(deploy.run.id)
    const known = account?.runs.flatMap(({ incidents }) => incidents) ?? []
    expect(known.map(({ closedAt, by }) => [closedAt?.toISOString() ?? null, by])).toEqual([
      ['2025-10-18T14:30:00.000Z', 'maria'],
      [null, 'maria'],
    ])
  })

  test('have an emergency, and who looked at it after that; so has the list of them', async () => {
    const until = '2025-10-19T14:00:00.000Z'
    const emergency = { id: 1, by: 'maria', reason: 'checkout is down', until }
    const runId = deploy.run.id
    const used = { runId, key: 'used', type: approvalUsedType, data: { emergency } }
    await store.append(used)
    const listed = () => openEmergencies(pool).since(new Date(0))
    expect(await listed()).toMatchObject([{ runId, emergency: { by: 'maria', look: null } }])
    const look = { verdict: 'confirmed', by: 'bob', reason: null }
    await store.append({ runId, key: 'look', type: secondLookType, data: look })
    const account = await openAccounts(pool).of(runId)
    expect(account?.runs[1]?.emergency).toMatchObject({ by: 'maria', look })
    expect(await listed()).toMatchObject([{ runId, emergency: { look } }])
    expect(await openEmergencies(pool).since(new Date('2100-01-01'))).toEqual([])
  })

  test('have nothing of what is not on record', async () => {
    expect(await openAccounts(pool).of('run_of_nobody')).toBeNull()
  })

  /** A task of its own whose last run ended so, at so many minutes; what its runs left behind. */
  async function mending(id: string, outcome: 'success' | 'failure', delivered: boolean) {
    const weight = { priority: 5, severity: 'low' } as const
    await store.saveTask({ id, kind: 'fix_bugs', title: id, filePaths: [], ...weight })
    const ends = ['10', '20']
    for (const [index, minute] of ends.entries()) {
      const isLast = index === ends.length - 1
      const startedAt = `2025-10-19T14:${minute}:00.000Z`
      const finishedAt = `2025-10-19T14:${minute}:30.000Z`
      const ended = { state: 'finished', outcome: isLast ? outcome : 'partial' } as const
      const of = { id: `${id}.${index}`, taskId: id, startedAt, finishedAt }
      await store.saveRun({ ...recordedRun, ...of, ...ended })
    }
    if (delivered)
      await store.append({ runId: `${id}.0`, key: 'd', type: 'fix-delivered', data: {} })
  }

  /** A person went on with the proposal of a task, and what became of it is live and verified. */
  async function proposedAndDeployed(taskId: string, number: number) {
    const { proposals } = openLedger(pool)
    const on = { kind: 'fix', repository: 11, branch: 'auto-fix/2', base: 'main' } as const
    await proposals.save({ ...on, number, headSha: 'b', failure: 'test', taskId })
    await proposals.giveUp(11, number, 'taken-over')
    const deployments = openDeployments(pool)
    const at = { runId: 'run_of_8', repository: 11, environment: 'staging', pull: number, sha: 'b' }
    await deployments.enter(at, { now, until: now })
    await deployments.begin(at.runId, { by: [], since: now, now })
    await deployments.live(at.runId, now)
    await deployments.end(at.runId, 'verified', now)
  }

  test('of tasks say when they began and ended, and whether a fix was left behind that stayed (S2-49)', async () => {
    await mending('mended', 'success', true)
    await mending('nothing-red', 'success', false)
    await mending('given-up', 'failure', true)
    const tasks = openMendingTasks(pool)
    const found = await tasks.since(new Date('2025-10-19T14:00:00Z'))
    expect(found.map(({ taskId, isMended }) => [taskId, isMended])).toEqual([
      ['given-up', false],
      ['mended', true],
      ['nothing-red', false],
    ])
    expect(found[1]).toMatchObject({
      startedAt: new Date('2025-10-19T14:10:00Z'),
      endedAt: new Date('2025-10-19T14:20:30Z'),
      isTakenOver: false,
      isTakenBack: false,
      liveAt: null,
    })
    expect(await tasks.since(new Date('2025-10-19T15:00:00Z'))).toEqual([])
    await proposedAndDeployed('mended', 8)
    expect((await tasks.since(new Date('2025-10-19T14:00:00Z')))[1]).toMatchObject({
      isTakenOver: true,
      isTakenBack: false,
      liveAt: now,
    })
  })
})
