import { z } from 'zod'

import { json, type Outcome } from '#domain/outcome.ts'
import { place } from '#domain/place.ts'
import { nextFor } from '#policy/rounds.ts'
import type { PullRequests } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { verdictOfChecks } from './await-checks.ts'
import { hostedOf, isAboutBug } from './hosted-run.ts'

interface Ports {
  readonly pullRequests: Pick<PullRequests, 'markReady'>
}

const input = z.strictObject({
  /** All null where nothing was proposed. */
  number: z.number().int().nullable(),
  url: z.string().nullable(),
  branch: z.string(),
  headSha: z.string().nullable(),
  title: z.string(),
  failure: z.string(),
  needsHuman: z.boolean(),
  place,
  verdict: verdictOfChecks,
  failed: z.array(z.string()),
})
type Input = z.infer<typeof input>

/** Green: ready for review, unless a human has to decide first. Red: another round, five at most. */
export function decideRound(ports: Ports): StepKind<Input> {
  return {
    name: 'decide-round',
    input,
    outputs: ['next'],
    sideEffect: 'external',
    run: (input, context) => decide(ports, input, context),
  }
}

async function decide(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { number, url, headSha, verdict } = input
  if (number === null || url === null || headSha === null) return over
  const { repository } = hostedOf(context)
  switch (nextFor({ verdict, round: roundIn(context) })) {
    case 'ready':
      if (!isForHuman(input, context)) await ports.pullRequests.markReady(repository, number)
      return over
    case 'leave':
      return over
    case 'spent':
      return { kind: 'failed', reason: 'rounds-spent', detail: input.failed.join('\n') }
    case 'again':
      return {
        kind: 'done',
        outputs: { next: nextRound(input, { number, url, headSha }, context) },
      }
  }
}

function roundIn(context: StepContext): number {
  return hostedOf(context).round?.number ?? 1
}

/** What one round has to be looked at for, the whole proposal has. */
function isForHuman({ needsHuman }: Input, context: StepContext): boolean {
  return needsHuman || hostedOf(context).round?.needsHuman === true
}

const over: Outcome = { kind: 'done', outputs: { next: null } }

/** The event of the run that goes on: the same task, at the head of our own branch. */
function nextRound(
  input: Input,
  { number, url, headSha }: { number: number; url: string; headSha: string },
  context: StepContext,
) {
  const hosted = hostedOf(context)
  const { branch, title, failure, place, failed } = input
  const isBug = isAboutBug(context)
  const next = {
    number: roundIn(context) + 1,
    before: [...(hosted.round?.before ?? []), context.runId],
    proposal: hosted.round?.proposal ?? { number, url, branch, title, failure },
    // A bug stands in code that was looked at as a whole: what was red there is not the proposal's.
    baseSha: isBug && hosted.round === null ? place.headSha : place.baseSha,
    failed,
    needsHuman: isForHuman(input, context),
    isBug,
  }
  // What is red now is repaired as anything red is, whatever the task began with.
  const kind = 'checks-failed'
  return json.parse({ ...context.event, kind, ref: headSha, hosted: { ...hosted, round: next } })
}
