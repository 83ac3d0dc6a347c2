import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const budgets: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // What an attempt may use, until it is closed: what it did not spend counts as spent so long.
  `create table goalkeeper.reservations (
    id text primary key,
    repository text not null,
    task_id text not null,
    run_id text not null,
    step text not null,
    day date not null,
    dollars double precision not null,
    tokens double precision not null,
    minutes double precision not null,
    at timestamptz not null default clock_timestamp(),
    closed_at timestamptz
  )`,
  `create index reservations_open on goalkeeper.reservations (repository) where closed_at is null`,
  // What was spent. Quantity times unit price is the amount; a price that nobody knows is null.
  `create table goalkeeper.costs (
    sequence bigint generated always as identity primary key,
    reservation text not null,
    call integer not null,
    kind text not null check (kind in ('tokens', 'minutes', 'attempts')),
    repository text not null,
    task_id text not null,
    run_id text not null,
    step text not null,
    day date not null,
    model text,
    quantity double precision not null check (quantity >= 0),
    unit_price double precision check (unit_price >= 0),
    currency text not null default 'USD',
    source text not null check (source in ('measured', 'estimated')),
    at timestamptz not null default clock_timestamp(),
    unique (reservation, call, kind)
  )`,
  `create index costs_by_task on goalkeeper.costs (task_id)`,
  `create index costs_by_day on goalkeeper.costs (repository, day)`,
  `create function goalkeeper.refuse_refund() returns trigger language plpgsql as $$
    begin raise exception 'costs are only ever added: % refused', tg_op; end $$`,
  `create trigger costs_only_grow before update or delete or truncate on goalkeeper.costs
    for each statement execute function goalkeeper.refuse_refund()`,
]
