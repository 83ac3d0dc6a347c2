import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const writeRecords: Migration = {
  async up(database: Kysely<unknown>) {
    await sql.raw(statement).execute(database)
  },
}

/**
 * Attempts and audit entries, as JSON, in one round trip. The commit does not wait for the disk: the engine's own
 * commit that ends the phase comes after it in the same write-ahead log and takes it along.
 */
const statement = `create function goalkeeper.write_records(attempts jsonb, entries jsonb)
  returns void language plpgsql as $$
  begin
    perform set_config('synchronous_commit', 'off', true);
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
