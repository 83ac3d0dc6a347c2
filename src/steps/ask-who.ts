import { z } from 'zod'

import { failure } from '#domain/failure.ts'
import { failureReason, json, type Outcome } from '#domain/outcome.ts'
import { type Place, place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { repairEnd } from '#policy/repair-end.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { verdictOfChecks } from './await-checks.ts'
import { hostedOf, isAboutBug, shownAs } from './hosted-run.ts'

const input = z.strictObject({
  place: place.nullable(),
  failures: z.array(failure).nullable(),
  configuration: repositoryConfiguration.nullable(),
  /** Why the repair failed; null where it did not. */
  reason: failureReason.nullable(),
  verdict: verdictOfChecks.nullable(),
})
type Input = z.infer<typeof input>

/** Where nothing repaired a red default branch, asks for the commit that did it: the event of the run that looks for it. */
export function askWho(): StepKind<Input> {
  return {
    name: 'ask-who',
    input,
    outputs: ['next'],
    sideEffect: 'none',
    run: async (input, context) => ask(input, context),
  }
}

function ask(input: Input, context: StepContext): Outcome {
  const hosted = hostedOf(context)
  if (!isWanted(input, context)) return { kind: 'done', outputs: { next: null } }
  const { hosted: _hosted, kind: _kind, ...repair } = { hosted, ...context.event }
  const next = {
    ...repair,
    kind: 'culprit-wanted',
    ref: hosted.headSha,
    hosted: { ...hosted, round: null },
    shownBy: shownAs(context).externalId,
    redSince: context.startedAt.toISOString(),
  }
  return { kind: 'done', outputs: { next: json.parse(next) } }
}

/** A red check was seen here, it had its chance, and it stands on the branch that everybody builds on. */
function isWanted(input: Input, context: StepContext): boolean {
  const { place, failures, configuration, reason, verdict } = input
  if (place === null || failures === null || failures.length === 0) return false
  if (!maySomebodyHaveDoneIt({ place, configuration }, context)) return false
  return repairEnd({ reason, isRepaired: false, verdict }) === 'unfixed'
}

/** A default branch is red, and the repository lets the commit be looked for that did it. */
export function maySomebodyHaveDoneIt(
  { place, configuration }: { readonly place: Place } & Pick<Input, 'configuration'>,
  { event }: Pick<StepContext, 'event'>,
): boolean {
  if (event.kind !== 'checks-failed' || isAboutBug({ event })) return false
  const { branch, isFork, pullRequest } = event.hosted
  if (isFork || pullRequest !== null || place.mirror.defaultBranch !== branch) return false
  return configuration?.culprit.mode !== 'off'
}
