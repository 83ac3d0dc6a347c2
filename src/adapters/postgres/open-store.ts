import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { Budgets } from '#ports/budgets.ts'
import type { Claims } from '#ports/claims.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { Deployments } from '#ports/deployments.ts'
import type { Flakes } from '#ports/flakes.ts'
import type { Lessons } from '#ports/lessons.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { ModelEdits } from '#ports/recipes.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { WaitingPulls } from '#ports/waiting-pulls.ts'

import { type OwnSecrets, ownSecrets } from '../secrets/own-secrets.ts'
import { type JudgeBudget, postgresBudgets } from './budgets.ts'
import { postgresClaims } from './claims.ts'
import { postgresCulprits } from './culprits.ts'
import { postgresDeployments } from './deployments.ts'
import { postgresFlakes } from './flakes.ts'
import { postgresLessons } from './lessons.ts'
import { migrate, schema } from './migrations.ts'
import { postgresModelEdits } from './model-edits.ts'
import { patiently } from './patience.ts'
import { postgresProposals } from './proposals.ts'
import { postgresRepairs } from './repairs.ts'
import { postgresRunStore } from './run-store.ts'
import type { Tables } from './tables.ts'
import { postgresWaitingPulls } from './waiting-pulls.ts'

/** The run store on a pool of connections, its tables brought up to date. Nothing in it is a secret of ours. */
export async function openRunStore(
  pool: Pool,
  secrets: Pick<OwnSecrets, 'inData'> = ownSecrets(),
): Promise<RunStore> {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await migrate(pool)
  return patientStore(postgresRunStore(database.withSchema(schema)), secrets)
}

/** Claims on the same pool; the store brought the tables up to date. */
export function openClaims(pool: Pool): Claims {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const claims = postgresClaims(database.withSchema(schema))
  return {
    take: (claim) => patiently(() => claims.take(claim)),
    whoWrote: (sha) => patiently(() => claims.whoWrote(sha)),
  }
}

interface Ledger {
  readonly repairs: Repairs
  readonly proposals: Proposals
  readonly waitingPulls: WaitingPulls
}

/** Who repairs what, what was proposed, and who waits for that; on the same pool. */
export function openLedger(pool: Pool): Ledger {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  return {
    repairs: patientRepairs(database),
    proposals: patientProposals(database),
    waitingPulls: patientWaitingPulls(database),
  }
}

/** What may be spent; on the same pool. */
export function openBudgets(pool: Pool, judge: JudgeBudget): Budgets {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const budgets = postgresBudgets(database, judge)
  return {
    reserve: (...of) => patiently(() => budgets.reserve(...of)),
    spend: (...of) => patiently(() => budgets.spend(...of)),
    spent: (...of) => patiently(() => budgets.spent(...of)),
    release: (id) => patiently(() => budgets.release(id)),
  }
}

/** What was decided about culprits, and what commands said on trees; on the same pool. */
export function openCulprits(pool: Pool): Culprits {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const culprits = postgresCulprits(database)
  return {
    decide: (of) => patiently(() => culprits.decide(of)),
    proposedBefore: (of) => patiently(() => culprits.proposedBefore(of)),
    proposedSince: (...of) => patiently(() => culprits.proposedSince(...of)),
    readied: (of) => patiently(() => culprits.readied(of)),
    readiedSince: (...of) => patiently(() => culprits.readiedSince(...of)),
    said: (...of) => patiently(() => culprits.said(...of)),
    forget: (before) => patiently(() => culprits.forget(before)),
    keep: (...of) => patiently(() => culprits.keep(...of)),
  }
}

/** What became of which strategy; on the same pool. */
export function openLessons(pool: Pool): Lessons {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const lessons = postgresLessons(database)
  return {
    known: (...of) => patiently(() => lessons.known(...of)),
    learn: (...of) => patiently(() => lessons.learn(...of)),
  }
}

/** What models changed; on the same pool. */
export function openModelEdits(pool: Pool): ModelEdits {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const edits = postgresModelEdits(database)
  return {
    keep: (...of) => patiently(() => edits.keep(...of)),
    accepted: (repository) => patiently(() => edits.accepted(repository)),
  }
}

/** What was seen of tests that may be flaky; on the same pool. */
export function openFlakes(pool: Pool): Flakes {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const flakes = postgresFlakes(database)
  return {
    saw: (...of) => patiently(() => flakes.saw(...of)),
    forget: (before) => patiently(() => flakes.forget(before)),
    seen: (...of) => patiently(() => flakes.seen(...of)),
    cases: (repository) => patiently(() => flakes.cases(repository)),
    told: (...of) => patiently(() => flakes.told(...of)),
  }
}

function patientRepairs(database: Kysely<Tables>): Repairs {
  const repairs = postgresRepairs(database)
  return {
    spent: (...of) => patiently(() => repairs.spent(...of)),
    take: (of) => patiently(() => repairs.take(of)),
    passOn: (...of) => patiently(() => repairs.passOn(...of)),
    end: (...of) => patiently(() => repairs.end(...of)),
    onBranch: (...of) => patiently(() => repairs.onBranch(...of)),
  }
}

function patientProposals(database: Kysely<Tables>): Proposals {
  const proposals = postgresProposals(database)
  return {
    save: (of) => patiently(() => proposals.save(of)),
    giveUp: (...of) => patiently(() => proposals.giveUp(...of)),
    merged: (...of) => patiently(() => proposals.merged(...of)),
    takenBack: (...of) => patiently(() => proposals.takenBack(...of)),
    of: (...of) => patiently(() => proposals.of(...of)),
    onBranch: (...of) => patiently(() => proposals.onBranch(...of)),
    numbered: (...of) => patiently(() => proposals.numbered(...of)),
    forBase: (...of) => patiently(() => proposals.forBase(...of)),
  }
}

function patientWaitingPulls(database: Kysely<Tables>): WaitingPulls {
  const pulls = postgresWaitingPulls(database)
  return {
    wait: (of) => patiently(() => pulls.wait(of)),
    forBase: (...of) => patiently(() => pulls.forBase(...of)),
    told: (of) => patiently(() => pulls.told(of)),
  }
}

/** Every write has its key, so each may be asked for again when the server was killed under it. */
function patientStore(store: RunStore, secrets: Pick<OwnSecrets, 'inData'>): RunStore {
  const clean = <T>(data: T): T => secrets.inData(data)
  return {
    saveRun: (run) => patiently(() => store.saveRun(clean(run))),
    run: (id) => patiently(() => store.run(id)),
    runs: (filter) => patiently(() => store.runs(filter)),
    saveTask: (task) => patiently(() => store.saveTask(clean(task))),
    saveAttempt: (attempt) => patiently(() => store.saveAttempt(clean(attempt))),
    attempts: (id) => patiently(() => store.attempts(id)),
    saveEvidence: (id, key, of) => patiently(() => store.saveEvidence(id, key, clean(of))),
    evidence: (id) => patiently(() => store.evidence(id)),
    append: (entry) => patiently(() => store.append(clean(entry))),
    record: (records) => patiently(() => store.record(clean(records))),
    settle: () => patiently(() => store.settle()),
    audit: (id) => patiently(() => store.audit(id)),
  }
}

/** Who deploys what where; on the same pool. */
export function openDeployments(pool: Pool): Deployments {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const deployments = postgresDeployments(database.withSchema(schema))
  return {
    enter: (...of) => patiently(() => deployments.enter(...of)),
    turn: (...of) => patiently(() => deployments.turn(...of)),
    begin: (...of) => patiently(() => deployments.begin(...of)),
    underWay: (...of) => patiently(() => deployments.underWay(...of)),
    live: (...of) => patiently(() => deployments.live(...of)),
    end: (...of) => patiently(() => deployments.end(...of)),
    past: (...of) => patiently(() => deployments.past(...of)),
    askBack: (...of) => patiently(() => deployments.askBack(...of)),
    takeBack: (...of) => patiently(() => deployments.takeBack(...of)),
    askedBack: (...of) => patiently(() => deployments.askedBack(...of)),
  }
}
