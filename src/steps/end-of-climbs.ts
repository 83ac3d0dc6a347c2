import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Failure, Repair, SetAside, Trial } from '#domain/failure.ts'
import type { FailureReason, Outcome } from '#domain/outcome.ts'
import type { Patch } from '#domain/patch.ts'
import type { Place } from '#domain/place.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import { noCoderNote, strangerNote } from '#messages/coder.ts'
import { unsolvedDetail } from '#messages/fix-notes.ts'
import type { StepContext } from '#ports/step.ts'

import type { CoderPorts } from './ask-coder.ts'
import { awaitDay, type DayPorts } from './await-day.ts'
import { isByStranger } from './coder-rung.ts'
import { remember, type Remembered, type RememberPorts } from './remember.ts'

/** All climbs of a step, one for each check that was red. */
interface Climbed {
  readonly input: {
    readonly rungs: readonly string[]
    readonly place: Place
    readonly configuration: RepositoryConfiguration | null
  }
  readonly climbs: readonly Remembered[]
  readonly unsolved: readonly SetAside[]
  readonly repairs: readonly Repair[]
  readonly trials: readonly Trial[]
  readonly failures: readonly Failure[]
  readonly greens: readonly { readonly check: Check; readonly evidence: Evidence }[]
  readonly patch: Patch
}

type Ports = DayPorts & RememberPorts & Pick<CoderPorts, 'coder'>

/** How a step ends that climbed: what is repaired is handed on, whatever else is red. */
export async function endOfClimbs(
  ports: Ports,
  { input, climbs, ...of }: Climbed,
  context: StepContext,
): Promise<Outcome> {
  const isRepaired = of.repairs.length > 0
  const spent = climbs.map(({ climbed }) => climbed.spent).find((one) => one?.scope === 'day')
  const day = isRepaired ? null : await awaitDay(ports, { ...input, spent: spent ?? null }, context)
  // What is tried again tomorrow is put on record then.
  if (day !== null) return day
  for (const climb of climbs) await remember(ports, context, climb)
  const why = whyNoCoder(ports, { ...input, unsolved: of.unsolved }, context)
  if (why !== null) context.note(why)
  if (!isRepaired) return nothingRepaired(of.unsolved, why)
  return { kind: 'done', outputs: { ...of, solved: of.repairs.length } }
}

/** Where the ladder ended before its last rung, that is said in any case. */
function whyNoCoder(
  { coder }: Pick<CoderPorts, 'coder'>,
  { unsolved, rungs }: Pick<Climbed, 'unsolved'> & Pick<Climbed['input'], 'rungs'>,
  { event }: StepContext,
): string | null {
  if (unsolved.length === 0 || !rungs.includes('coder')) return null
  if (coder === null) return noCoderNote
  return isByStranger(event) ? strangerNote : null
}

/** What a person can do something about goes before that no fixer knew how. */
const graver = ['budget-spent', 'too-complex'] as const

function nothingRepaired(unsolved: readonly SetAside[], why: string | null): Outcome {
  const reasons = new Set<FailureReason>(unsolved.map(({ reason }) => reason))
  const reason = graver.find((one) => reasons.has(one)) ?? 'no-fix-found'
  const detail = [unsolvedDetail(unsolved), ...(why === null ? [] : [why])].join('\n')
  return { kind: 'failed', reason, detail }
}
