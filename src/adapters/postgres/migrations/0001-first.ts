import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const first: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // The processes that run workflows; who has not been seen for a while is dead (engine adapter).
  `create table goalkeeper.executors (
    id text primary key,
    seen timestamptz not null
  )`,
  `create table goalkeeper.runs (
    id text primary key,
    workflow text not null,
    repository text not null,
    head_sha text not null,
    task_id text,
    state text not null,
    outcome text,
    reason text,
    detail text,
    started_at timestamptz not null,
    finished_at timestamptz
  )`,
  `create index runs_by_repository on goalkeeper.runs (repository, started_at desc)`,
  `create index runs_unfinished on goalkeeper.runs (started_at) where state <> 'finished'`,
  `create table goalkeeper.tasks (
    id text primary key,
    kind text not null,
    title text not null,
    priority integer not null,
    severity text not null,
    file_paths jsonb not null
  )`,
  `create table goalkeeper.attempts (
    run_id text not null,
    phase text not null,
    step text not null,
    number integer not null,
    state text not null,
    reason text,
    detail text,
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (run_id, phase, step, number)
  )`,
  `create table goalkeeper.evidence (
    run_id text not null,
    key text not null,
    sequence bigint generated always as identity,
    evidence jsonb not null,
    primary key (run_id, key)
  )`,
  `create table goalkeeper.audit (
    sequence bigint generated always as identity primary key,
    run_id text,
    key text not null,
    type text not null,
    data jsonb not null,
    at timestamptz not null default clock_timestamp()
  )`,
  // A key counts once per run; entries without a run share one space (a null equals nothing).
  `create unique index audit_once on goalkeeper.audit (coalesce(run_id, ''), key)`,
  `create index audit_by_run on goalkeeper.audit (run_id, sequence)`,
  `create function goalkeeper.refuse_change() returns trigger language plpgsql as $$
    begin raise exception 'the audit log only grows: % refused', tg_op; end $$`,
  `create trigger audit_only_grows before update or delete or truncate on goalkeeper.audit
    for each statement execute function goalkeeper.refuse_change()`,
]
