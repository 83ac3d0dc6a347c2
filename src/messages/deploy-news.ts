import { type Account, deployIn, emergencyOf } from '#domain/account.ts'
import type { DeployState } from '#domain/deploy.ts'

import { deployStatuses, rateWords, reasonWords } from './deploy.ts'
import { duration } from './duration.ts'
import { oneLine } from './plain-text.ts'
import { emergencyLine } from './second-look.ts'
import { impactOf, notRecorded, stamp, subjectOf } from './task-facts.ts'

/** The notice of a deploy that ended, word for word that of S2-42 and S2-43. Plain text; null without a deploy. */
export function deployNews(account: Account): string | null {
  const deploy = deployIn(account)
  if (deploy === null) return null
  const { state, times } = deploy
  const emergency = emergencyOf(account)
  const urgent = emergency === null ? [] : [emergencyLine(emergency)]
  const time = stamp(times.restored ?? times.decided ?? times.live ?? times.began)
  if (state === 'verified') {
    const lines = [
      `Fixed: ${subjectOf(account)}`,
      `Time: ${time}`,
      `Impact: ${impactOf(account)}`,
      'Verification: ✅ Passed',
      ...urgent,
    ]
    return `✅ DEPLOYMENT SUCCESSFUL\n\n${lines.join('\n')}\n`
  }
  const lines = [
    `Attempted Fix: ${subjectOf(account)}`,
    `Time: ${time}`,
    `Failure Reason: ${reasonWords(deploy, oneLine)}`,
    `Status: ${deployStatuses[state]}`,
    ...urgent,
    'Action: Manual review required',
  ]
  return `${heads[state]}\n\n${lines.join('\n')}\n`
}

const heads: Readonly<Record<Exclude<DeployState, 'verified'>, string>> = {
  queued: 'DEPLOYMENT WAITS',
  deploying: 'DEPLOYMENT UNDER WAY',
  live: 'DEPLOYMENT UNDER WAY',
  unverified: '⚠️ DEPLOYED, NOT VERIFIED',
  refused: 'NOT DEPLOYED',
  'not-deployed': '⚠️ DEPLOYMENT FAILED',
  'rolled-back': '⚠️ DEPLOYMENT FAILED',
  'rollback-failed': '🚨 DEPLOYMENT FAILED, AND COULD NOT BE TAKEN BACK',
}

/** S2-34: what happened, for who decides what is done about it; null where nothing bad did. */
export function incidentReport(account: Account): IncidentReport | null {
  const deploy = deployIn(account)
  if (deploy === null || !isBad(deploy.state)) return null
  const { state, environment, seen, times } = deploy
  const restored = times.decided && times.restored
  const back = restored
    ? [`Back after ${duration(restored.getTime() - (times.decided?.getTime() ?? 0))}`]
    : [`Time to restore: ${notRecorded}`]
  const counted =
    seen.after === null ? [] : [`Errors: ${rateWords(seen.before)} → ${rateWords(seen.after)}`]
  return {
    report_type: 'incident_report',
    executive_summary: `${summaries[state]}: ${reasonWords(deploy, oneLine)}`,
    critical_issues: [
      `${oneLine(environment)}: ${deployStatuses[state]}`,
      ...counted,
      ...(state === 'not-deployed' ? [] : back),
    ],
    recommendations: ['Manual review required before re-attempting fix'],
  }
}

export interface IncidentReport {
  readonly report_type: 'incident_report'
  readonly executive_summary: string
  readonly critical_issues: readonly string[]
  readonly recommendations: readonly string[]
}

const summaries = {
  'rolled-back': 'Deployment rolled back due to errors',
  'rollback-failed': 'Deployment was bad and could not be taken back',
  'not-deployed': 'Deployment failed before anything was live',
} as const

function isBad(state: DeployState): state is keyof typeof summaries {
  return state in summaries
}
