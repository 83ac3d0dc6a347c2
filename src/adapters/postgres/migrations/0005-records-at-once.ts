import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const recordsAtOnce: Migration = {
  async up(database: Kysely<unknown>) {
    await sql.raw(statement).execute(database)
  },
}

/**
 * As 0002, and on the disk when it says so: where the server was killed between these records and the engine's own commit,
 * the engine did that commit again and nobody wrote the records again (seen under kill -9 of the server).
 */
const statement = `create or replace function goalkeeper.write_records(attempts jsonb, entries jsonb)
  returns void language plpgsql as $$
  begin
    insert into goalkeeper.attempts as old
      select * from jsonb_populate_recordset(null::goalkeeper.attempts, attempts)
      on conflict (run_id, phase, step, number) do update set
        state = excluded.state, reason = excluded.reason, detail = excluded.detail,
        started_at = excluded.started_at, finished_at = excluded.finished_at
      -- A late note that it started does not undo how it ended.
      where old.finished_at is null or excluded.finished_at is not null;
    insert into goalkeeper.audit (run_id, key, type, data)
      select run_id, key, type, data
      from rows from (
        jsonb_to_recordset(entries) as (run_id text, key text, type text, data jsonb)
      ) with ordinality as entry (run_id, key, type, data, place)
      order by place
      on conflict (coalesce(run_id, ''), key) do nothing;
  end $$`
