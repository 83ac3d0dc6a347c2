import { hostedIn } from '#domain/event.ts'
import type { Outcome } from '#domain/outcome.ts'
import type { Place } from '#domain/place.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import { awaitingDayWords } from '#messages/cost.ts'
import { untilNextDayMs } from '#policy/budget.ts'
import type { CheckRuns } from '#ports/hosting.ts'
import type { StepContext } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { type MeanwhilePorts, sayMeanwhile } from './announce-run.ts'
import { maySomebodyHaveDoneIt } from './ask-who.ts'
import { newsTopic } from './await-checks.ts'
import { type StandingPorts, standsDown, stoodDown } from './still-wanted.ts'
import type { Spent } from './written-by-coder.ts'

export interface DayPorts extends StandingPorts, MeanwhilePorts {
  readonly checkRuns: Pick<CheckRuns, 'verdict' | 'show'>
  readonly clock: Clock
}

interface Spending {
  readonly place: Place
  readonly configuration: RepositoryConfiguration | null
  readonly spent: Spent | null
}

/**
 * Where only the budget of the repository's day is in the way, the run waits until the day turns, once; null where it does
 * not: a command line has somebody before it, and for a red default branch the next one to ask is who did it.
 */
export async function awaitDay(
  ports: DayPorts,
  { spent, ...at }: Spending,
  context: StepContext,
): Promise<Outcome | null> {
  const hasWaited = context.message === null
  if (spent?.scope !== 'day' || hasWaited || hostedIn(context.event) === null) return null
  if (maySomebodyHaveDoneIt(at, context)) return null
  const words = awaitingDayWords(spent.sentence)
  context.note(words.title)
  await sayMeanwhile(ports, words, context)
  const timeoutMs = untilNextDayMs(ports.clock.now())
  return { kind: 'wait', topic: newsTopic, timeoutMs, resumes: true }
}

/** Woken from such a wait, by the new day or by news of the branch: why there is nothing left to do, or null. */
export async function overMeanwhile(
  ports: DayPorts,
  context: StepContext,
): Promise<Outcome | null> {
  if (context.message === undefined) return null
  const because = await standsDown(ports, context, null)
  return because === null ? null : stoodDown(because)
}
