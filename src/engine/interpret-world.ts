import type { Workflow } from '#domain/workflow.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepKinds } from '#ports/step.ts'
import type { Clock, Listener } from '#ports/world.ts'

import type { Journal } from './interpret-journal.ts'

/** What interpreting needs from outside. */
export interface World {
  readonly kinds: StepKinds
  readonly store: RunStore
  readonly listener: Listener
  readonly clock: Clock
  /** Among which a run finds the one that goes on with its task. */
  readonly workflows: readonly Workflow[]
}

export interface JournaledWorld extends World {
  readonly journal: Journal
}
