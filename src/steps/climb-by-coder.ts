import type { Trial } from '#domain/failure.ts'
import { combine, type Patch } from '#domain/patch.ts'
import { askingNote } from '#messages/coder.ts'
import { discardedNote } from '#messages/fix-notes.ts'

import { isSkipped, lessonsOf } from './by-experience.ts'
import type { CoderRung } from './coder-rung.ts'
import { type Climb, isResolved, requestOf, type Standing } from './standing.ts'
import { tryOne } from './try-candidate.ts'

/** K48: so often a fix is attempted for one failure. */
const attempts = 3

/** Asks the coder until an edit of it is kept, or no attempt is left. Whether something was kept. */
export async function climbByCoder(task: Climb, standing: Standing): Promise<boolean> {
  const { coder } = task
  if (coder === null || isResolved(task, standing)) return false
  if (isSkipped(task, { strategy: coder.strategy, patch: [] })) return false
  standing.chance ??= await coder.chance(standing.evidence, standing.patch)
  if (standing.chance.kind !== 'broken') return false
  const kept = standing.kept.length
  while (standing.asked < attempts && standing.kept.length === kept) {
    standing.asked += 1
    task.note(askingNote(coder.id, standing.asked, attempts))
    if (!(await attempt(task, standing, coder))) break
  }
  return standing.kept.length > kept
}

/** Whether another attempt may bring more. */
async function attempt(task: Climb, standing: Standing, coder: CoderRung): Promise<boolean> {
  const { evidence, trials, kept } = standing
  standing.declined = null
  const wrote = kept
    .filter(({ strategy }) => strategy === coder.strategy)
    .reduce<Patch>((all, one) => combine(all, one.patch), [])
  const earlier = { trials, start: task.patch, wrote }
  const written = await coder.write(requestOf(task, standing), evidence, earlier)
  switch (written.kind) {
    case 'candidate':
      await tryOne(task, standing, written.candidate)
      return true
    case 'declined':
      standing.declined = written.trial.verdict
      giveUp(task, standing, { trial: written.trial, counts: true })
      return true
    case 'nothing':
      // A network that failed says nothing of the model.
      giveUp(task, standing, { trial: written.trial, counts: written.again })
      return written.again
    case 'spent':
      standing.spent = written
      task.note(written.sentence)
      return false
  }
}

/** Puts on record what came of an attempt that brought nothing to be measured. */
function giveUp(
  task: Climb,
  standing: Standing,
  { trial, counts }: { trial: Omit<Trial, 'check'>; counts: boolean },
): void {
  const { strategy, verdict } = trial
  standing.trials.push({ check: task.failure.check.name, ...trial })
  if (counts) standing.lessons.push(...lessonsOf(task, { strategy, patch: [] }, false))
  task.note(discardedNote(strategy, verdict))
}
