import type { Check } from '#domain/check.ts'
import type { SetAside } from '#domain/failure.ts'
import type { Finding } from '#domain/finding.ts'
import type { Tally } from '#domain/lesson.ts'
import { kindsOf, lessonDays } from '#policy/lessons.ts'
import type { Lessons } from '#ports/lessons.ts'
import type { StepContext } from '#ports/step.ts'

import { isByStranger } from './coder-rung.ts'
import { type FactStore, record } from './record.ts'
import type { Climbed } from './standing.ts'

export interface RememberPorts {
  readonly store: FactStore
  readonly lessons: Lessons
}

const dayMs = 86_400_000

/** What became of strategies for this kind of failure in this repository; as of the run's start, so that a restart sees the same. */
export async function knownFor(
  { lessons }: Pick<RememberPorts, 'lessons'>,
  { event, startedAt }: StepContext,
  targets: readonly Finding[],
): Promise<readonly Tally[]> {
  const since = new Date(startedAt.getTime() - lessonDays * dayMs)
  return await lessons.known(event.repository, kindsOf(targets), since)
}

/** A climb and how it ended. */
export interface Remembered {
  readonly check: Check
  readonly climbed: Pick<Climbed, 'trials' | 'lessons' | 'spent'>
  readonly unsolved: SetAside | null
}

/** Puts on record what was tried, and what is learned of it; a stranger's pull request teaches nothing. */
export async function remember(
  { store, lessons }: RememberPorts,
  { runId, event }: StepContext,
  { check: { name }, climbed, unsolved }: Remembered,
): Promise<void> {
  for (const [index, trial] of climbed.trials.entries())
    await record(store, { runId, key: `${name}/${index}` }, { kind: 'trial', trial })
  if (unsolved !== null)
    await record(store, { runId, key: name }, { kind: 'set-aside', setAside: unsolved })
  const { repository, taskId } = event
  // What changes its mind teaches nothing either.
  if (isByStranger(event) || unsolved?.reason === 'flaky') return
  await lessons.learn({ repository, taskId, runId, check: name }, climbed.lessons)
}
