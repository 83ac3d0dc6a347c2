import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { landing } from '#policy/revertible.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { PullRequests } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { verdictOfChecks } from './await-checks.ts'
import { hostedOf } from './hosted-run.ts'

interface Ports {
  readonly pullRequests: Pick<PullRequests, 'markReady'>
  readonly culprits: Pick<Culprits, 'readied' | 'readiedSince'>
  readonly clock: Clock
}

const input = z.strictObject({
  /** Null where nothing was proposed. */
  number: z.number().int().nullable(),
  verdict: verdictOfChecks,
  needsHuman: z.boolean(),
  /** How many may be made ready within a day (`culprit.ready-a-day`). */
  most: z.number().int().nonnegative(),
})
type Input = z.infer<typeof input>

const dayMs = 86_400_000

/** A green revert is made ready to be merged, unless a human has to decide first or enough were within a day. */
export function readyRevert(ports: Ports): StepKind<Input> {
  return {
    name: 'ready-revert',
    input,
    outputs: ['state'],
    sideEffect: 'external',
    run: (input, context) => decide(ports, input, context),
  }
}

async function decide(
  { pullRequests, culprits, clock }: Ports,
  { number, ...input }: Input,
  context: StepContext,
): Promise<Outcome> {
  if (number === null) return { kind: 'done', outputs: { state: null } }
  const { repository } = hostedOf(context)
  const of = { repository: repository.id, runId: context.runId }
  const since = new Date(clock.now().getTime() - dayMs)
  const state = landing({ ...input, readiedToday: await culprits.readiedSince(of, since) })
  if (state === 'ready') {
    // Counted first: killed in between, one too many is counted and never one too few.
    await culprits.readied(of)
    await pullRequests.markReady(repository, number)
  }
  return { kind: 'done', outputs: { state } }
}
