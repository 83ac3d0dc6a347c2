import { type Kysely, sql } from 'kysely'

import { type TestName, testName } from '#domain/flake-case.ts'
import type { Flakes } from '#ports/flakes.ts'

import { hashOf } from './failure-hash.ts'
import type { Tables } from './tables.ts'

/** What was seen of tests, in PostgreSQL. */
export function postgresFlakes(database: Kysely<Tables>): Flakes {
  return { ...writing(database), ...reading(database), ...forgetting(database) }
}

function writing(database: Kysely<Tables>): Pick<Flakes, 'saw' | 'told'> {
  return {
    async saw(repository, sightings) {
      if (sightings.length === 0) return
      const at = { repository: String(repository) }
      const tests = new Map(sightings.map(({ test }) => [keyOf(test), test]))
      const names = [...tests].map(([test, name]) => ({ ...at, test, name: asText(name) }))
      await database
        .insertInto('flakes')
        .values(names)
        .onConflict((conflict) => conflict.columns(['repository', 'test']).doNothing())
        .execute()
      const rows = sightings.map(({ test, runId, number, branch, sha, outcome }) => ({
        ...at,
        test: keyOf(test),
        run_id: runId,
        number,
        branch,
        sha,
        outcome,
      }))
      // A statement holds at most 65,535 values.
      for (let from = 0; from < rows.length; from += 1000)
        await database
          .insertInto('sightings')
          .values(rows.slice(from, from + 1000))
          .onConflict((conflict) =>
            conflict.columns(['repository', 'test', 'run_id', 'number']).doNothing(),
          )
          .execute()
    },
    async told(repository, { test, issue, isOpen: open }) {
      await database
        .updateTable('flakes')
        .set({ issue, open })
        .where('repository', '=', String(repository))
        .where('test', '=', keyOf(test))
        .execute()
    },
  }
}

function reading(database: Kysely<Tables>): Pick<Flakes, 'seen' | 'cases'> {
  return {
    async seen(repository, test) {
      const rows = await database
        .selectFrom('sightings')
        .selectAll()
        .where('repository', '=', String(repository))
        .where('test', '=', keyOf(test))
        .orderBy('seen_at', 'desc')
        .orderBy('number', 'desc')
        .limit(200)
        .execute()
      return rows.map(({ run_id: runId, number, branch, sha, outcome, seen_at: at }) => ({
        test,
        runId,
        number,
        branch,
        sha,
        outcome,
        at,
      }))
    },
    async cases(repository) {
      const rows = await database
        .selectFrom('flakes')
        .selectAll()
        .where('repository', '=', String(repository))
        .orderBy(sql`name::text`)
        .execute()
      return rows.map(({ name, issue, open }) => ({
        test: testName.parse(name),
        issue,
        isOpen: open,
      }))
    },
  }
}

function forgetting(database: Kysely<Tables>): Pick<Flakes, 'forget'> {
  return {
    async forget(before) {
      await database.deleteFrom('sightings').where('seen_at', '<', before).execute()
    },
  }
}

function keyOf({ check, file, title }: TestName): string {
  return hashOf(JSON.stringify([check, file, title]))
}

/** PostgreSQL's JSON cannot hold the zero character. */
function asText(name: TestName): string {
  return JSON.stringify(name).replaceAll(String.raw`\u0000`, String.raw`\ufffd`)
}
