import type { DeployFacts } from '#domain/deploy-facts.ts'

import { deployExplanations } from './deploy-refusal.ts'
import { deployNotice, rateWords, reasonWords } from './deploy.ts'
import { duration } from './duration.ts'
import { code, plain, withinLimit } from './markdown.ts'
import { explanations } from './refusal.ts'

export function incidentTitle({ environment, sha, state }: DeployFacts): string {
  return `Incident in ${environment}: ${sha.slice(0, 12)} ${state === 'not-deployed' ? 'failed to deploy' : 'was bad'}`
}

/** S2-34, with a timeline (S2-47): what happened, what shows it, whom it hit, what was done, and what is left to do. */
export function incidentBody(facts: DeployFacts): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Timeline', timelineOf(facts)],
    ['Evidence', evidenceOf(facts)],
    ['Impact', impactOf(facts)],
    ['Actions', actionsOf(facts)],
    ['Recommendations', ['Manual review required before re-attempting fix', remedyOf(facts)]],
  ]
  const told = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => `## ${name}\n\n${lines.map((line) => `- ${line}`).join('\n')}`)
  return withinLimit([deployNotice(facts), ...told].join('\n\n'))
}

function timelineOf(facts: DeployFacts): readonly string[] {
  const { times, previous } = facts
  const before = previous === null ? 'the previous version' : short(previous)
  const events = [
    [times.began, 'the deploy began'],
    [times.live, 'it was live'],
    [times.decided, `it was judged: ${reasonWords(facts)}`],
    [times.restored, `${before} was live again`],
  ] as const
  return events.flatMap(([time, words]) =>
    time === null ? [] : [`${time.toISOString().slice(11, 19)} ${words}`],
  )
}

function evidenceOf({ seen, trace }: DeployFacts): readonly string[] {
  const { before, after, detail } = seen
  return [
    ...(after === null ? [] : [`Errors before: ${rateWords(before)}, since: ${rateWords(after)}`]),
    ...(detail === '' ? [] : [plain(detail)]),
    ...(trace === null ? [] : [`Followed at: ${code(trace)}`]),
  ]
}

/** Only what was counted: who noticed is not on record. */
function impactOf({ state, times: { live, restored }, seen }: DeployFacts): readonly string[] {
  if (state === 'not-deployed') return ['Nothing that is live changed']
  const counted = seen.after === null ? [] : [`${rateWords(seen.after)} counted requests failed`]
  if (live === null) return counted
  const since = `since ${live.toISOString().slice(11, 19)}, as far as anybody knows`
  const had = restored === null ? since : `for ${duration(restored.getTime() - live.getTime())}`
  return [`Production had it ${had}`, ...counted]
}

function actionsOf({ state, previous, revert }: DeployFacts): readonly string[] {
  if (state === 'not-deployed') return ['Nothing was taken back']
  const back = previous === null ? null : short(previous)
  const done =
    back === null
      ? 'Nothing was brought back: nothing was verified there before'
      : state === 'rolled-back'
        ? `${back} was deployed again, and answers`
        : `${back} was to be deployed again, and nobody saw that it is`
  return [
    done,
    ...(revert === '' ? [] : [`Revert: ${revert}`]),
    'The environment is on hold for what was approved before this',
  ]
}

function remedyOf({ state, reason }: DeployFacts): string {
  const isOnHold = state !== 'not-deployed' || reason === null
  return isOnHold ? deployExplanations['on-hold'].remedy : explanations[reason].remedy
}

function short(sha: string): string {
  return code(sha.slice(0, 12))
}
