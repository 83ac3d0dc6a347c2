import { heldWith } from '#domain/event.ts'
import type { Outcome } from '#domain/outcome.ts'
import { stoppedNote } from '#messages/restraint.ts'
import type { Stops } from '#ports/restraints.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

/** How often a run that others are to hear nothing of asks whether it may go on. */
const askAgainMs = 15_000

/**
 * I10: what others would see of a repair or a self-test waits here until nobody says stop. What a deploy does it does: before it begins
 * it asks for itself, and once begun it is watched, and taken back where it is bad.
 */
export async function waitsWhileStopped(
  stops: Stops,
  { sideEffect }: Pick<StepKind, 'sideEffect'>,
  context: StepContext,
): Promise<Outcome | null> {
  const repository = heldWith(context.event)
  if (sideEffect === 'none' || repository === null) return null
  const because = await stops.of(repository)
  if (because === null) return null
  context.note(stoppedNote(because))
  return { kind: 'wait', topic: 'resume', timeoutMs: askAgainMs, resumes: true }
}
