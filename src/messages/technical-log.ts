import { type Account, deployIn, factsIn } from '#domain/account.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { DeployState } from '#domain/deploy.ts'
import type { Counts } from '#domain/watch.ts'

import { reasonWords } from './deploy.ts'
import { one } from './facts.ts'
import { oneLine } from './plain-text.ts'
import { filesOf, hasPassed, kindOf, proofsOf } from './task-facts.ts'

/** A line for machines (S2-16, S2-33, S2-44). What is null was not recorded. */
export interface TechnicalEntry {
  readonly log_level: 'info' | 'warn' | 'error'
  readonly category: 'deployment' | 'repair'
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

/** What is on record about a task, as entries of a log: the deploy, and what took it back. */
export function technicalLog(account: Account): readonly TechnicalEntry[] {
  const deploy = deployIn(account)
  if (deploy === null) return [repairEntry(account)]
  const begun = deploy.times.began === null ? [] : [begunEntry(account, deploy, deploy.times.began)]
  const taken = deploy.state === 'rolled-back' ? [takenBack(account, deploy)] : []
  return [...begun, deployEntry(account, deploy), ...taken]
}

const messages: Readonly<Record<DeployState, string>> = {
  queued: 'Deployment waits',
  deploying: 'Deployment triggered',
  live: 'Deployment is live',
  verified: 'Deployment completed successfully',
  unverified: 'Deployment is live and could not be verified',
  refused: 'Deployment refused',
  'not-deployed': 'Deployment failed',
  'rolled-back': 'Deployment failed',
  'rollback-failed': 'Deployment failed and could not be taken back',
}

function deployEntry(account: Account, deploy: DeployFacts): TechnicalEntry {
  const { state, times, sha, environment } = deploy
  return {
    log_level: state === 'verified' ? 'info' : 'error',
    category: 'deployment',
    message: messages[state],
    details: {
      commit: sha,
      environment,
      task_id: account.taskId,
      duration_ms: between(times.began, times.restored ?? times.decided ?? times.live),
      build_ms: between(times.began, times.live),
      verification_ms: between(times.live, times.decided),
      files_changed: filesOf(account),
      rollback_required: state === 'rolled-back' || state === 'rollback-failed',
      verification: {
        ...checksOf(account),
        production_test: productionTest[state],
        error_rate: { before: rate(deploy.seen.before), after: rate(deploy.seen.after) },
      },
    },
  }
}

/** S2-16 */
function begunEntry(account: Account, deploy: DeployFacts, began: Date): TechnicalEntry {
  return {
    log_level: 'info',
    category: 'deployment',
    message: messages.deploying,
    details: {
      commit: deploy.sha,
      files_changed: filesOf(account),
      task_id: account.taskId,
      deployment_start: began.toISOString(),
    },
  }
}

const productionTest: Readonly<Record<DeployState, 'passed' | 'failed' | null>> = {
  queued: null,
  deploying: null,
  live: null,
  verified: 'passed',
  unverified: null,
  refused: null,
  'not-deployed': null,
  'rolled-back': 'failed',
  'rollback-failed': 'failed',
}

/** S2-33 */
function takenBack(account: Account, deploy: DeployFacts): TechnicalEntry {
  return {
    log_level: 'warn',
    category: 'deployment',
    message: 'Deployment rolled back due to errors',
    details: {
      original_commit: deploy.sha,
      restored_commit: deploy.previous,
      revert: deploy.revert === '' ? null : deploy.revert,
      reason: reasonWords(deploy, oneLine),
      task_id: account.taskId,
    },
  }
}

function repairEntry(account: Account): TechnicalEntry {
  const last = account.runs.at(-1)?.run
  const isGood = last?.outcome === 'success' || last?.outcome === 'success_with_warnings'
  return {
    log_level: isGood ? 'info' : 'error',
    category: 'repair',
    message: `Repair ${last?.outcome ?? 'not finished'}`,
    details: {
      commit: one(factsIn(account), 'commit')?.sha ?? null,
      task_id: account.taskId,
      files_changed: filesOf(account),
      verification: checksOf(account),
    },
  }
}

function checksOf(account: Account): Readonly<Record<'type_check' | 'tests', string | null>> {
  const proofs = proofsOf(account)
  const said = (kind: 'type_check' | 'tests'): string | null => {
    const some = proofs.filter((entry) => kindOf(entry) === kind)
    if (some.length === 0) return null
    return some.every(hasPassed) ? 'passed' : 'failed'
  }
  return { type_check: said('type_check'), tests: said('tests') }
}

function between(from: Date | null, to: Date | null): number | null {
  return from === null || to === null ? null : to.getTime() - from.getTime()
}

/** Errors per request, with what it was counted from (K27). */
function rate(
  counts: Counts | null,
): { readonly errors: number; readonly requests: number; readonly rate: number | null } | null {
  if (counts === null) return null
  const { errors, requests } = counts
  return { errors, requests, rate: requests === 0 ? null : errors / requests }
}
