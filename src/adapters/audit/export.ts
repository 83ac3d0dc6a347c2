import type { Pool } from 'pg'

import { chained, type EndLine, genesis, Ledger, type Unchained } from './chain.ts'

interface Exporting {
  readonly pool: Pool
  /** Entries and records from then on; null for all. The chain is over all of them. */
  readonly since: Date | null
  readonly now: Date
  readonly write: (text: string) => void
}

/**
 * Writes every decision with its evidence as JSON, a line each: the audit log as a chain of hashes, then what people
 * decided about deploys, the deploys, and what was measured. The last line ends it.
 */
export async function exportAudit({ pool, since, now, write }: Exporting): Promise<EndLine> {
  const ledger = new Ledger()
  for await (const entry of entriesOf(pool, await lastOf(pool)))
    write(ledger.entry(entry, since === null || new Date(entry.at) >= since))
  const from = since ?? new Date(0)
  for (const [kind, query] of Object.entries(queries))
    for (const { record } of (await pool.query<{ record: object }>(query, [from])).rows)
      write(ledger.line({ kind, record }))
  const end = ledger.end(now.toISOString())
  write(`${JSON.stringify(end)}\n`)
  return end
}

/** What the log's chain was after so many entries; null where there are fewer. */
export async function chainAfter(pool: Pool, entries: number): Promise<string | null> {
  let [chain, count] = [genesis, 0]
  if (entries === 0) return chain
  for await (const entry of entriesOf(pool, await lastOf(pool))) {
    chain = chained(chain, entry)
    count += 1
    if (count === entries) return chain
  }
  return null
}

/** All entries with a number up to this one are there: while the lock is held, nobody is about to write one. */
async function lastOf(pool: Pool): Promise<string> {
  const client = await pool.connect()
  // One that failed in the middle is in a transaction: nobody else gets it.
  let isBroken = true
  try {
    await client.query('begin')
    await client.query('lock table goalkeeper.audit in share mode')
    const { rows } = await client.query<{ last: string }>(
      'select coalesce(max(sequence), 0) as last from goalkeeper.audit',
    )
    await client.query('commit')
    isBroken = false
    return rows[0]?.last ?? '0'
  } finally {
    client.release(isBroken)
  }
}

const page = 2000

async function* entriesOf(pool: Pool, last: string): AsyncGenerator<Unchained> {
  let after = '0'
  for (;;) {
    const { rows } = await pool.query<{ sequence: string; entry: Unchained }>(
      `select sequence, json_build_object('sequence', sequence, 'run', run_id, 'key', key, 'type', type,
         'at', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'data', data) as entry
       from goalkeeper.audit where sequence > $1 and sequence <= $2 order by sequence limit ${page}`,
      [after, last],
    )
    for (const { entry } of rows) yield entry
    const end = rows.at(-1)?.sequence
    if (end === undefined) return
    after = end
  }
}

/** Records that are not in the log; each is one JSON document. */
const queries = {
  decision: `select to_jsonb(d) || jsonb_build_object('plan_digest', encode(sha256(convert_to(d.plan, 'utf8')), 'hex'))
    as record from goalkeeper.decisions d where recorded_at >= $1 order by sequence`,
  deployment: `select to_jsonb(d) as record from goalkeeper.deployments d where entered_at >= $1 order by sequence`,
  evidence: `select to_jsonb(e) as record from goalkeeper.evidence e join goalkeeper.runs r on r.id = e.run_id
    where r.started_at >= $1 order by e.sequence`,
} as const
