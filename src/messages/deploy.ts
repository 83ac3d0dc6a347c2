import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { DeployState } from '#domain/deploy.ts'
import type { BadReason, Counts, UnclearReason, WatchVerdict } from '#domain/watch.ts'

import { duration } from './duration.ts'
import { code, plain, withinLimit } from './markdown.ts'
import { explanations } from './refusal.ts'

/** Why a deploy is bad, or why nobody can tell. */
const because: Readonly<Record<BadReason | UnclearReason, string>> = {
  'probe-failed': 'it does not answer as it has to',
  burst: 'many more errors came than were to be expected',
  'rate-risen': 'errors became more frequent',
  'above-ceiling': 'more than one request in a hundred fails',
  'people-report': 'people report that it is broken',
  'asked-for': 'somebody said so',
  'no-data': 'nothing was measured',
  'too-little': 'there was too little traffic to tell',
  'perhaps-risen': 'errors may have become more frequent, without proof',
  'too-late': 'nobody looked for so long that it says nothing about now',
}

/** Why, as part of a sentence. */
export function whyWords(why: BadReason | UnclearReason): string {
  return because[why]
}

/** A line below the step. */
export function watchNote(verdict: WatchVerdict, seen: DeployFacts['seen']): string {
  const why = verdict.kind === 'pass' ? '' : `, ${because[verdict.because]}`
  return `${verdict.kind}${why}${measuredWords(seen)}`
}

function measuredWords({ before, after, detail }: DeployFacts['seen']): string {
  const counted = after === null ? '' : `; errors ${rateWords(before)} → ${rateWords(after)}`
  return `${counted}${detail === '' ? '' : `; ${detail}`}`
}

/** How many of so many. */
export function rateWords(one: Counts | null): string {
  return one === null ? 'unknown' : `${one.errors} of ${one.requests}`
}

export function deployMarker({ environment, runId }: Pick<DeployFacts, 'environment' | 'runId'>) {
  return `<!-- goalkeeper:deploy:${environment}:${runId} -->`
}

const heads: Readonly<Record<DeployState, string>> = {
  queued: 'Deployment waits',
  deploying: 'Deployment under way',
  live: 'Deployment under way',
  verified: '✅ DEPLOYMENT SUCCESSFUL',
  unverified: '⚠️ DEPLOYED, NOT VERIFIED',
  refused: 'Not deployed',
  'not-deployed': '⚠️ DEPLOYMENT FAILED',
  'rolled-back': '⚠️ DEPLOYMENT FAILED',
  'rollback-failed': '🚨 DEPLOYMENT FAILED, AND COULD NOT BE TAKEN BACK',
}

export const deployStatuses: Readonly<Record<DeployState, string>> = {
  queued: 'Waits',
  deploying: 'Under way',
  live: 'Under way',
  verified: 'Live and verified',
  unverified: 'Live as far as anybody knows; look at it yourself',
  refused: 'Previous version still live',
  'not-deployed': 'Previous version still live',
  'rolled-back': 'Rolled back to previous version',
  'rollback-failed': 'Nobody knows what is live: look at once',
}

/** The notice of S2-42 and S2-43, for the pull request. */
export function deployNotice(facts: DeployFacts): string {
  const { state, sha, environment, by } = facts
  const lines = [
    `**${heads[state]}** ${plain(environment)}, ${code(sha.slice(0, 12))}`,
    '',
    `- ${state === 'verified' ? 'Fixed' : 'Attempted'}: #${facts.pull} ${plain(facts.title)}`,
    ...(by.length === 0 ? [] : [`- Approved by: ${by.map(plain).join(', ')}`]),
    ...timeLines(facts),
    ...(facts.trace === null ? [] : [`- Followed at: ${code(facts.trace)}`]),
    ...(state === 'verified' ? [] : [`- Reason: ${reasonWords(facts)}`]),
    ...(state === 'verified' ? [`- Verification: ${plain(verification(facts))}`] : []),
    `- Status: ${deployStatuses[state]}`,
    ...(facts.revert === '' ? [] : [`- Revert: ${facts.revert}`]),
    ...(state === 'verified' ? [] : ['- Action: Manual review required']),
    ...(facts.taskId === null ? [] : [`- Task: ${facts.taskId}`]),
  ]
  return withinLimit(`${deployMarker(facts)}\n${lines.join('\n')}`)
}

function timeLines({ times: { began, live, decided, restored } }: DeployFacts): readonly string[] {
  const pairs = [
    ['Deploy', began, live],
    ['Verification', live, decided],
    ['Taken back after', decided, restored],
  ] as const
  return pairs.flatMap(([name, from, to]) =>
    from === null || to === null ? [] : [`- ${name}: ${duration(to.getTime() - from.getTime())}`],
  )
}

function verification({ seen }: DeployFacts): string {
  const { before, after } = seen
  return after === null ? 'its probes answer' : `errors ${rateWords(before)} → ${rateWords(after)}`
}

/** Why it was not good; `safe` makes what others said harmless where it is put. */
export function reasonWords(
  { because: why, seen, reason, reasonDetail }: DeployFacts,
  safe: (text: string) => string = plain,
): string {
  if (why !== null) return `${because[why]}${safe(measuredWords(seen))}`
  if (reason === null) return 'nobody came to look'
  const detail = reasonDetail === null ? '' : ` (${safe(reasonDetail)})`
  return `${explanations[reason].what}${detail}`
}

export function revertTitleOf({ pull, title }: Pick<DeployFacts, 'pull' | 'title'>): string {
  return `Revert #${pull}: ${title}`
}

/** What is said of the change that takes a bad deploy back. */
export function revertBody(of: {
  readonly pull: number
  readonly environment: string
  readonly sha: string
  readonly taskId: string
}): string {
  return `Takes back ${code(of.sha)} (#${of.pull}), which was deployed to ${plain(of.environment)}, found bad, and replaced by the version before it. The incident says what was seen.\n\nTask: ${of.taskId}`
}

export const revertWords = {
  proposed: (url: string) => `proposed at ${url}`,
  conflicts: (paths: readonly string[]) =>
    `not proposed, it conflicts with what came after${paths.length === 0 ? '' : `: ${paths.map(code).join(', ')}`}`,
  objection: 'not proposed: it is a revert itself, was taken back already, or says that nobody may',
} as const
