import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { openInbox } from '#adapters/postgres/open-inbox.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Bookmarks } from '#ports/bookmarks.ts'
import type { Inbox } from '#ports/inbox.ts'

import { databases } from '../../support/databases.ts'

const minute = 60_000
const aDelivery = (payload = '{}') => ({ id: randomUUID(), name: 'check_run', payload })
const handful = { limit: 10, leaseMs: minute }

describe.each(databases)('the inbox in %s', (_name, open) => {
  let inbox: Inbox
  let bookmarks: Bookmarks
  let pool: Pool
  let close: () => Promise<void>

  beforeAll(async () => {
    const database = await open()
    pool = openPool(database.url, 10)
    ;({ inbox, bookmarks } = await openInbox(pool))
    close = async () => {
      await pool.end()
      await database.close()
    }
  })
  afterAll(() => close())
  beforeEach(async () => {
    await pool.query('delete from goalkeeper.inbox')
  })

  test('a delivery is stored once by its id, whatever comes with the second one', async () => {
    const delivery = aDelivery('{"n":1}')

    expect(await inbox.store([delivery])).toEqual([delivery.id])
    expect(await inbox.store([{ ...delivery, payload: '{"n":2}' }, aDelivery()])).toHaveLength(1)

    expect(await inbox.record(delivery.id)).toMatchObject({ payload: '{"n":1}', state: 'received' })
  })

  test('the same id twice in one go is one delivery, and nothing at all is none', async () => {
    const delivery = aDelivery()

    expect(await inbox.store([delivery, delivery])).toEqual([delivery.id])
    expect(await inbox.store([])).toEqual([])
  })

  test('a payload comes back to the letter, also with an escaped zero character', async () => {
    const delivery = aDelivery(String.raw`{"a" : "\u0000 ü 🎉"}`)
    await inbox.store([delivery])

    expect(await inbox.take('a', handful)).toEqual([{ ...delivery, attempt: 1 }])
  })

  test('processes that take at once get every delivery, each once', async () => {
    const all = Array.from({ length: 40 }, () => aDelivery())
    await inbox.store(all)

    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((who) => inbox.take(who, handful)))

    const ids = taken.flat().map(({ id }) => id)
    expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted())
  })

  test('they are taken oldest first', async () => {
    const all = [aDelivery(), aDelivery(), aDelivery()]
    for (const one of all) await inbox.store([one])

    const taken = await inbox.take('a', { ...handful, limit: 2 })

    expect(taken.map(({ id }) => id)).toEqual(all.slice(0, 2).map(({ id }) => id))
  })

  test('what a dead process held is taken over, counted, and no longer the dead one’s to end', async () => {
    const { id } = aDelivery()
    await inbox.store([{ ...aDelivery(), id }])
    await inbox.take('dead', { limit: 1, leaseMs: 50 })

    expect(await inbox.take('heir', handful)).toEqual([])
    await sleep(80)
    expect(await inbox.take('heir', handful)).toMatchObject([{ id, attempt: 2 }])

    expect(await inbox.settle('dead', id, { state: 'done', note: 'late' })).toBe(false)
    expect(await inbox.settle('heir', id, { state: 'done', note: 'in time' })).toBe(true)
    expect(await inbox.record(id)).toMatchObject({ state: 'done', reason: 'in time', attempts: 2 })
  })

  test('a lease that is renewed is kept', async () => {
    await inbox.store([aDelivery()])
    await inbox.take('a', { limit: 1, leaseMs: 50 })
    await inbox.renew('a', minute)
    await sleep(80)

    expect(await inbox.take('b', handful)).toEqual([])
  })

  test('what is given back is taken at once and not counted', async () => {
    await inbox.store([aDelivery()])
    await inbox.take('a', handful)
    await inbox.release('a')

    expect(await inbox.take('b', handful)).toMatchObject([{ attempt: 1 }])
  })

  test('what is to be tried again waits its time, with the reason on record', async () => {
    const delivery = aDelivery()
    await inbox.store([delivery])
    await inbox.take('a', handful)
    await inbox.settle('a', delivery.id, { state: 'received', reason: 'not\0now', afterMs: 60 })

    expect(await inbox.take('a', handful)).toEqual([])
    expect(await inbox.record(delivery.id)).toMatchObject({ reason: 'not\uFFFDnow' })
    await sleep(90)
    expect(await inbox.take('a', handful)).toMatchObject([{ attempt: 2 }])
  })

  test('a failed delivery stays on record, is not taken, and a redelivery does not hide it', async () => {
    const delivery = aDelivery()
    await inbox.store([delivery])
    await inbox.take('a', handful)
    await inbox.settle('a', delivery.id, { state: 'failed', reason: 'broken' })

    expect(await inbox.store([delivery])).toEqual([])
    expect(await inbox.take('a', handful)).toEqual([])
    expect(await inbox.record(delivery.id)).toMatchObject({ state: 'failed', reason: 'broken' })
  })

  test('payloads go before records, and what is not ended stays', async () => {
    const [done, failed, waiting] = [aDelivery(), aDelivery(), aDelivery()]
    await inbox.store([done, failed])
    await inbox.take('a', handful)
    await inbox.settle('a', done.id, { state: 'done', note: 'heard' })
    await inbox.settle('a', failed.id, { state: 'failed', reason: 'broken' })
    await inbox.store([waiting])
    const keep = { donePayloadMs: 0, failedPayloadMs: minute, recordMs: minute }

    await inbox.tidy(keep)
    expect(await inbox.record(done.id)).toMatchObject({ payload: null, state: 'done' })
    expect(await inbox.record(failed.id)).toMatchObject({ payload: '{}' })
    expect(await inbox.store([done])).toEqual([])

    await inbox.tidy({ ...keep, recordMs: 0 })
    expect(await inbox.known([done.id, failed.id, waiting.id])).toEqual(new Set([waiting.id]))
  })

  test('of processes that begin a round at once one does, and the next begins where it ended', async () => {
    const name = randomUUID()

    const begun = await Promise.all([1, 2, 3].map(() => bookmarks.begin(name, minute)))
    expect(begun.filter((round) => round !== null)).toEqual([{ place: null }])

    await bookmarks.end(name, '17')
    expect(await bookmarks.begin(name, minute)).toBeNull()
    expect(await bookmarks.begin(name, 0)).toEqual({ place: '17' })
  })
})
