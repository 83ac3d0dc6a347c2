import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openApprovals, openWaitingDeploys } from '#adapters/postgres/open-decisions.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { WaitingDeploys } from '#ports/protection.ts'
import type { Restraints } from '#ports/restraints.ts'

import { databases } from '../../support/databases.ts'

const person = { id: 7, login: 'maria' }
const at = (minute: number) => new Date(Date.UTC(2026, 10, 29, 10, minute))

describe.each(databases)('on %s', (_name, openOne) => {
  let close: () => Promise<void>
  let pool: Pool
  let restraints: Restraints
  let waits: WaitingDeploys

  beforeAll(async () => {
    const opened = await openOne()
    close = opened.close
    pool = openPool(opened.url, 10)
    await openRunStore(pool)
    ;({ restraints } = openApprovals(pool))
    waits = openWaitingDeploys(pool)
  })
  afterAll(async () => {
    await pool.end()
    await close()
  })

  test('what is told to wait waits until it is lifted, and not by what was said before it', async () => {
    const here = { installation: 7, id: 900 }
    const lock = { kind: 'lock', environment: 'production', isEverywhere: false } as const
    const put = { ...lock, person, reason: 'sale', at: at(5), source: 'comment 1' }
    await restraints.put(here, put)
    await restraints.put(here, { ...put, reason: 'told again' })
    const { source: _source, ...kept } = put
    expect(await restraints.on(here)).toEqual({ inForce: [kept], frozenAt: null })
    const lift = { kinds: ['lock'], environment: 'production', isEverywhere: false } as const
    expect(await restraints.lift(here, { ...lift, person, at: at(4) })).toBe(0)
    expect(await restraints.lift(here, { ...lift, environment: null, person, at: at(6) })).toBe(0)
    expect(await restraints.lift(here, { ...lift, person, at: at(6) })).toBe(1)
    expect(await restraints.on(here)).toEqual({ inForce: [], frozenAt: null })
  })

  test('a pause of all is in force in all of the installation and nowhere else, a freeze is remembered', async () => {
    const installation = 8000
    const more = { environment: null, person, reason: null, at: at(0), source: 'comment 2' }
    const first = { installation, id: 901 }
    await restraints.put(first, { kind: 'pause', isEverywhere: true, ...more })
    const freeze = { ...more, source: 'comment 3' }
    await restraints.put(
      { installation, id: 902 },
      { kind: 'freeze', isEverywhere: false, ...freeze },
    )
    const kinds = async (id: number, of = installation) =>
      (await restraints.on({ installation: of, id })).inForce.map(({ kind }) => kind)
    expect(await kinds(901)).toEqual(['pause'])
    expect(await kinds(902)).toEqual(['pause', 'freeze'])
    expect(await kinds(901, installation + 1)).toEqual([])
    const lift = { environment: null, isEverywhere: true, person, at: at(0) } as const
    await restraints.lift({ installation, id: 903 }, { kinds: ['pause'], ...lift })
    expect(await kinds(901)).toEqual([])
    const all = { ...lift, isEverywhere: false }
    await restraints.lift({ installation, id: 902 }, { kinds: ['freeze'], ...all })
    const after = await restraints.on({ installation, id: 902 })
    expect(after).toEqual({ inForce: [], frozenAt: at(0) })
  })

  test('a job that waits is open until it is answered, and an approval lets one run through', async () => {
    const repository = { installation: 7, id: 950, owner: 'octo', name: 'kiosk' }
    const wait = { repository, run: 81, environment: 'Production', sha: 'a1', pull: 5 }
    const since = new Date('2026-11-29T10:00:00Z')
    await waits.enter(wait, 'd1', since)
    await waits.told(wait, 'It needs approval.')
    await waits.enter(wait, 'd1', since)
    const told = { ...wait, told: 'It needs approval.', reports: 1 }
    expect(await waits.open(repository.id, 5)).toEqual([told])
    expect(await waits.open(repository.id, 6)).toEqual([])
    const other = { ...wait, run: 82 }
    await waits.enter(other, 'd2', since)
    const claims = await Promise.all([waits.claim(wait, since), waits.claim(other, since)])
    expect(claims.filter(Boolean)).toHaveLength(1)
    const [winner, loser] = claims[0] ? [wait, other] : [other, wait]
    await waits.enter(winner, 'again', since)
    expect([await waits.claim(loser, since), await waits.claim(winner, since)]).toEqual([
      false,
      true,
    ])
    await waits.answered(wait, 'approved')
    await waits.answered(other, 'rejected')
    expect(await waits.open(repository.id, 5)).toEqual([])
    await waits.enter(wait, 'd3', since)
    expect(await waits.open(repository.id, 5)).toEqual([{ ...wait, told: null, reports: 0 }])
    const old = (await waits.older(new Date(since.getTime() + 1))).map((one) => one.repository.id)
    expect(old).toContain(repository.id)
    expect(await waits.older(since)).toEqual([])
  })
})
