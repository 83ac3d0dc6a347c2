import { setTimeout as sleep } from 'node:timers/promises'

import { Client, type Pool } from 'pg'

import { ownQueueOf } from './roles.ts'

/** Session locks: held as long as the process and its connection live, so that a death is seen at once. */
const lockKey = (id: string): string => `hashtextextended('goalkeeper executor ' || ${id}, 0)`

const locked = (id: string): string => `exists (
  select from pg_locks where locktype = 'advisory' and objsubid = 1
  and (classid::bigint << 32 | objid::bigint) = ${lockKey(id)}
)`

export interface Seat {
  /** Shows that we are alive, and takes the lock again after a crash of the database. */
  beat(): Promise<void>
  leave(): Promise<void>
}

/** One living process per executor id: the SDK takes over all unfinished work of its own id when it starts. */
export async function takeSeat(pool: Pool, url: string, id: string): Promise<Seat> {
  let holder = await lockSoon(url, id)
  if (!holder) throw new Error(`Another process is already running as executor "${id}".`)
  let lost = false
  const watch = (client: Client) => {
    client.on('error', () => undefined)
    client.on('end', () => {
      lost = true
    })
  }
  watch(holder)
  const beat = async () => {
    if (lost) {
      const again = await lock(url, id)
      if (again) {
        holder = again
        lost = false
        watch(again)
      }
    }
    await pool.query(
      `insert into goalkeeper.executors values ($1, clock_timestamp())
       on conflict (id) do update set seen = excluded.seen`,
      [id],
    )
  }
  await beat()
  return {
    beat,
    async leave() {
      await pool
        .query('delete from goalkeeper.executors where id = $1', [id])
        .catch(() => undefined)
      await holder?.end().catch(() => undefined)
    },
  }
}

interface Watch {
  readonly self: string
  readonly application: string
  /** Null: a process that holds its lock is alive however long it was not seen; one may be suspended at a terminal. */
  readonly deadAfterMs: number | null
  readonly beatMs: number
}

/**
 * Executors of an application that left work behind and are dead: not seen for `deadAfterMs`, or their lock is free
 * and they missed two beats (after a crash of the database every lock is free for a moment).
 */
export async function deadExecutors(pool: Pool, of: Watch): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with owners as (
       select distinct executor_id as id from dbos.workflow_status
       where status = 'PENDING' and executor_id <> $1 and application_name = $4
     )
     select owners.id from owners left join goalkeeper.executors using (id)
     where seen is null or seen < clock_timestamp() - $2::bigint * interval '1 ms'
        or seen < clock_timestamp() - $3::bigint * interval '1 ms' and not ${locked('owners.id')}`,
    [of.self, of.deadAfterMs, of.beatMs * 2, of.application],
  )
  return rows.map(({ id }) => id)
}

/** Strikes off the processes that died without work in hand. */
export async function forgetTheGone(pool: Pool, afterMs: number): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from goalkeeper.executors as one
     where seen < clock_timestamp() - $1::bigint * interval '1 ms' and not ${locked('one.id')}`,
    [afterMs],
  )
  await strikeOff(
    pool,
    rows.map(({ id }) => id),
  )
}

/** Takes dead processes off the books, with the queues that only they listened to. */
export async function strikeOff(pool: Pool, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await pool.query('delete from dbos.queues where name = any($1)', [ids.map(ownQueueOf)])
  await pool.query('delete from goalkeeper.executors where id = any($1)', [ids])
}

/** Whether an executor lives, as far as its lock tells. */
export async function isSeated(pool: Pool, id: string): Promise<boolean> {
  const { rows } = await pool.query<{ seated: boolean }>(`select ${locked('$1')} as seated`, [id])
  return rows[0]?.seated === true
}

/** The database takes a moment to see that the one who sat here was killed. */
async function lockSoon(url: string, id: string): Promise<Client | null> {
  for (let tries = 1; tries < 20; tries += 1) {
    const client = await lock(url, id)
    if (client) return client
    await sleep(100)
  }
  return lock(url, id)
}

async function lock(url: string, id: string): Promise<Client | null> {
  const client = new Client({ connectionString: url, keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(${lockKey('$1')}) as taken`,
    [id],
  )
  if (rows[0]?.taken) return client
  await client.end()
  return null
}
