import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openApprovals } from '#adapters/postgres/open-decisions.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Decision } from '#domain/gate.ts'
import type { Approvals, GatePlace, OpenGates } from '#ports/approvals.ts'

import { databases } from '../../support/databases.ts'

let pulls = 0
const place = (): GatePlace => ({ repository: 11, pull: (pulls += 1), environment: 'production' })

const given = (more: Partial<Decision> = {}) => ({
  source: `comment ${pulls}`,
  verdict: 'approve' as const,
  person: { id: 7, login: 'maria' },
  sha: 'a1',
  trees: ['t1', 'm1'],
  plan: 'one of write',
  reason: null,
  emergency: false,
  at: new Date('2026-11-29T10:00:00Z'),
  expiresAt: new Date('2026-11-30T10:00:00Z'),
  ...more,
})

describe.each(databases)('decisions on %s', (_name, openOne) => {
  let close: () => Promise<void>
  let pool: Pool
  let approvals: Approvals
  let openGates: OpenGates

  beforeAll(async () => {
    const opened = await openOne()
    close = opened.close
    pool = openPool(opened.url, 10)
    await openRunStore(pool)
    ;({ approvals, openGates } = openApprovals(pool))
  })
  afterAll(async () => {
    await pool.end()
    await close()
  })

  const voided = async (at: GatePlace) => (await approvals.of(at)).map((one) => one.voided)

  test('come back as they were given', async () => {
    const at = place()
    await approvals.record(at, given())
    expect(await approvals.of(at)).toEqual([{ ...given(), voided: null }])
    expect(await approvals.of({ ...at, environment: 'staging' })).toEqual([])
  })

  test('count once per source, also when ten processes tell of one at the same time', async () => {
    const at = place()
    const again = given({ person: { id: 8, login: 'bob' } })
    await approvals.record(at, given())
    await Promise.all(Array.from({ length: 10 }, () => approvals.record(at, again)))
    expect((await approvals.of(at)).map(({ person }) => person.login)).toEqual(['maria'])
  })

  test('are found by where they were said', async () => {
    const at = place()
    await approvals.record(at, given())
    expect(await approvals.find(11, given().source)).toEqual({ pull: at.pull, person: 7 })
    expect(await approvals.find(12, given().source)).toBeNull()
  })

  test('keep the first reason why they do not count', async () => {
    const at = place()
    await approvals.record(at, given())
    await approvals.void(11, given().source, 'edited')
    await approvals.void(11, given().source, 'deleted')
    expect(await voided(at)).toEqual(['edited'])
  })

  test('are superseded by a push, and stay so when the old commit comes back', async () => {
    const at = place()
    await approvals.record(at, given())
    await approvals.supersede(at, { sha: 'b2', tree: 't2' })
    await approvals.supersede(at, { sha: 'a1', tree: 't1' })
    expect(await voided(at)).toEqual(['superseded'])
  })

  test.each([
    ['the very files', 't1'],
    ['what the merge was to be', 'm1'],
  ])('outlive a push of %s', async (_what, tree) => {
    const at = place()
    await approvals.record(at, given())
    await approvals.supersede(at, { sha: 'b2', tree })
    expect(await voided(at)).toEqual([null])
  })

  test('of another pull request are left alone by a push', async () => {
    const [at, other] = [place(), place()]
    await approvals.record(other, given())
    await approvals.supersede(at, { sha: 'b2', tree: 't2' })
    expect(await voided(other)).toEqual([null])
  })

  const repository = { installation: 3, id: 11, owner: 'acme', name: 'kiosk' }
  const noon = new Date('2026-11-29T12:00:00Z')
  const after = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)
  const due = async (minutes: number) =>
    (await openGates.due(after(minutes))).map(({ pull }) => pull)

  test('of an open gate are looked at when it is time, by one of ten processes, and again', async () => {
    const gate = { repository, pull: place().pull }
    await openGates.watch(gate, { lookAt: after(60), openUntil: after(120) })
    await openGates.watch(gate, { lookAt: after(10), openUntil: after(120) })
    expect(await due(9)).toEqual([])
    expect(await openGates.watched(repository.id)).toEqual([gate.pull])
    const told = await Promise.all(Array.from({ length: 10 }, () => openGates.due(after(10))))
    expect(told.flat()).toEqual([gate])
    expect(await due(11)).toEqual([])
    expect(await due(16)).toEqual([gate.pull])
    await openGates.watch(gate, null)
    expect(await due(60)).toEqual([])
    expect(await openGates.watched(repository.id)).toEqual([])
  })

  test('of a gate that nobody can look at are given up a day after its end', async () => {
    const gate = { repository, pull: place().pull }
    await openGates.watch(gate, { lookAt: after(10), openUntil: after(20) })
    expect(await due(20 + 24 * 60 - 1)).toEqual([gate.pull])
    expect(await due(20 + 24 * 60 + 10)).toEqual([])
  })
})
