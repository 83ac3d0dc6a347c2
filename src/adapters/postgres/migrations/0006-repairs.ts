import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const repairs: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // Which task repairs which failure of a repository, and what came of it. Nothing on GitHub can change what is counted here.
  `create table goalkeeper.repairs (
    repository bigint not null,
    failure text not null,
    task_id text not null,
    run_id text not null,
    branch text not null,
    head_sha text not null,
    round integer not null,
    begun_at timestamptz not null default clock_timestamp(),
    ended text check (ended in ('green', 'unfixed', 'stood-down')),
    ended_at timestamptz,
    primary key (repository, failure, task_id)
  )`,
  // I4: one task at a time for a failure.
  `create unique index repairs_open on goalkeeper.repairs (repository, failure) where ended is null`,
  `create index repairs_by_task on goalkeeper.repairs (task_id)`,
  `create index repairs_by_branch on goalkeeper.repairs (repository, branch) where ended is null`,
  // What we proposed, and what we did with it ourselves; whether it is open or merged GitHub knows best.
  `create table goalkeeper.proposals (
    repository bigint not null,
    number integer not null,
    branch text not null,
    base text not null,
    head_sha text not null,
    failure text not null,
    task_id text not null,
    given_up text check (given_up in ('superseded', 'withdrawn', 'taken-over', 'closed', 'merged')),
    opened_at timestamptz not null default clock_timestamp(),
    primary key (repository, number)
  )`,
  `create index proposals_by_branch on goalkeeper.proposals (repository, branch)`,
  `create index proposals_by_base on goalkeeper.proposals (repository, base) where given_up is null`,
]
