import { type Account, deployIn, emergencyOf, factsIn } from '#domain/account.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { DeployState } from '#domain/deploy.ts'
import type { ProofEntry } from '#domain/failure.ts'

import { deployStatuses, rateWords, reasonWords } from './deploy.ts'
import { factsOf, one } from './facts.ts'
import { incidentLines } from './incident.ts'
import { ending } from './measurement.ts'
import { oneLine } from './plain-text.ts'
import { emergencyLine } from './second-look.ts'
import {
  filesOf,
  hasPassed,
  impactOf,
  kindOf,
  notRecorded,
  proofsOf,
  rateOf,
  shortSpan,
  stamp,
  subjectOf,
} from './task-facts.ts'

/** The report of a task for who decides (S2-26), from what is on record and nothing else. Plain text. */
export function executiveReport(account: Account): string {
  const deploy = deployIn(account)
  const emergency = emergencyOf(account)
  const blocks = [
    deploy === null ? 'REPAIR, NOT DEPLOYED' : titles[deploy.state],
    [
      `${deploy?.state === 'verified' ? 'Fixed' : 'Attempted Fix'}: ${subjectOf(account)}`,
      `Deployed: ${deploy === null ? 'no' : stamp(deploy.times.live)}`,
      ...(deploy === null ? [] : deployLines(deploy)),
      `Impact: ${impactOf(account)}`,
      ...(emergency === null ? [] : [emergencyLine(emergency)]),
      ...incidentLines(account),
    ].join('\n'),
    narrative(account),
    deploy === null ? '' : deployNarrative(deploy),
    ['Files Changed:', ...fileLines(account)].join('\n'),
    ['Testing:', ...testLines(account, deploy)].join('\n'),
    `Commit: ${commitOf(account, deploy)}\nTask ID: ${account.taskId ?? notRecorded}`,
  ]
  return `${blocks.filter((text) => text !== '').join('\n\n')}\n`
}

const titles: Readonly<Record<DeployState, string>> = {
  queued: 'DEPLOYMENT WAITS',
  deploying: 'DEPLOYMENT UNDER WAY',
  live: 'DEPLOYMENT UNDER WAY',
  verified: 'DEPLOYMENT COMPLETE',
  unverified: 'DEPLOYED, NOT VERIFIED',
  refused: 'NOT DEPLOYED',
  'not-deployed': 'DEPLOYMENT FAILED',
  'rolled-back': 'DEPLOYMENT FAILED',
  'rollback-failed': 'DEPLOYMENT FAILED, AND COULD NOT BE TAKEN BACK',
}

function deployLines({ times, state }: DeployFacts): readonly string[] {
  return [
    `Build Time: ${shortSpan(times.began, times.live)}`,
    `Verification: ${verdicts[state]}`,
    ...(state === 'verified' ? [] : [`Status: ${deployStatuses[state]}`]),
  ]
}

const verdicts: Readonly<Record<DeployState, string>> = {
  queued: notRecorded,
  deploying: notRecorded,
  live: notRecorded,
  verified: '✅ Passed',
  unverified: '⚠️ Nobody can tell',
  refused: notRecorded,
  'not-deployed': notRecorded,
  'rolled-back': '❌ Failed',
  'rollback-failed': '❌ Failed',
}

/** What was wrong, and what was done about it: the repair's own words. */
function narrative(account: Account): string {
  const repairs = factsOf(factsIn(account), 'repair').map(({ repair }) => repair)
  if (repairs.length === 0) return `Root cause: ${notRecorded}`
  const causes = repairs.flatMap(({ rootCauses }) => rootCauses).map(oneLine)
  const fixes = repairs.flatMap(({ descriptions }) => descriptions).map(oneLine)
  return [
    ...causes.map((cause) => `Root cause: ${cause}`),
    ...fixes.map((fix) => `Fix: ${fix}`),
  ].join('\n')
}

function deployNarrative(deploy: DeployFacts): string {
  const { state, seen } = deploy
  if (state !== 'verified') return `Failure Reason: ${reasonWords(deploy, oneLine)}`
  if (seen.after === null) return 'Deployment verified in production: its probes answer.'
  return `Deployment verified in production. Errors: ${rateWords(seen.before)} requests before, ${rateWords(seen.after)} after.`
}

function fileLines(account: Account): readonly string[] {
  const files = filesOf(account)
  return files.length === 0 ? [`- ${notRecorded}`] : files.map((path) => `- ${oneLine(path)}`)
}

const names = { type_check: 'Type checking', tests: 'Tests' } as const

function testLines(account: Account, deploy: DeployFacts | null): readonly string[] {
  const proofs = proofsOf(account).map(proofLine)
  const checks = proofs.length === 0 ? [`- Checks: ${notRecorded}`] : proofs
  return deploy === null ? checks : [...checks, ...productionLines(deploy)]
}

function proofLine(entry: ProofEntry): string {
  const kind = kindOf(entry)
  const { before, after, check } = entry
  const change =
    before === null ? ending(after.end) : `${ending(before.end)} → ${ending(after.end)}`
  const name = kind === null ? oneLine(check) : names[kind]
  return `- ${name}: ${hasPassed(entry) ? '✅ Passed' : '❌ Failed'} (${change})`
}

function productionLines({ state, times, seen }: DeployFacts): readonly string[] {
  return [
    `- Deployment: ${times.live === null ? '❌ Not live' : '✅ Successful'}`,
    `- Production verification: ${verdicts[state]}`,
    `- Error rate: ${change(seen)}`,
  ]
}

function change({ before, after }: DeployFacts['seen']): string {
  if (before === null || after === null) return after === null ? notRecorded : rateOf(after)
  const told = `(${rateOf(before)} → ${rateOf(after)})`
  const [old, now] = [before, after].map(({ errors, requests }) => errors / Math.max(1, requests))
  if (old === undefined || now === undefined || old === now) return `✅ Unchanged ${told}`
  return now < old ? `✅ Improved ${told}` : `⚠️ Higher ${told}`
}

function commitOf(account: Account, deploy: DeployFacts | null): string {
  const sha = deploy?.sha ?? one(factsIn(account), 'commit')?.sha
  return sha?.slice(0, 7) ?? notRecorded
}
