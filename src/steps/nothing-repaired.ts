import type { SetAside } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { noCoderNote, strangerNote } from '#messages/coder.ts'
import { unsolvedDetail } from '#messages/fix-notes.ts'
import type { StepContext } from '#ports/step.ts'

import type { CoderPorts } from './ask-coder.ts'
import { isByStranger } from './coder-rung.ts'

interface Unsolved {
  readonly unsolved: readonly SetAside[]
  readonly input: { readonly rungs: readonly string[] }
}

/** How a climb ends that repaired nothing; where the ladder ended before its last rung, that is said in any case. */
export function nothingRepaired(
  { coder }: Pick<CoderPorts, 'coder'>,
  { unsolved, input }: Unsolved,
  context: StepContext,
): Outcome {
  const isAsked = unsolved.length > 0 && input.rungs.includes('coder')
  const why = isAsked ? whyNoCoder(coder !== null, context) : null
  if (why !== null) context.note(why)
  const isSpent = unsolved.some(({ reason }) => reason === 'budget-spent')
  const detail = [unsolvedDetail(unsolved), ...(why === null ? [] : [why])].join('\n')
  return { kind: 'failed', reason: isSpent ? 'budget-spent' : 'no-fix-found', detail }
}

function whyNoCoder(isSet: boolean, { event }: StepContext): string | null {
  if (!isSet) return noCoderNote
  return isByStranger(event) ? strangerNote : null
}
