import type { Checks } from '#ports/checks.ts'
import type { Fixer, Tidy } from '#ports/fixer.ts'
import type { Lessons } from '#ports/lessons.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { Observer } from '#ports/workspace.ts'

import type { CoderPorts } from './ask-coder.ts'
import type { DayPorts } from './await-day.ts'
import type { RecipePorts } from './recipes-of.ts'
import type { WorkspacePorts } from './workspace-at.ts'

/** What climbing the ladder of repairs asks for. */
export type LadderPorts = WorkspacePorts &
  DayPorts &
  Omit<CoderPorts, 'store'> &
  Pick<RecipePorts, 'recipeReader' | 'recipeRunner'> & {
    readonly repositories: Pick<Repositories, 'changed' | 'checkout' | 'read' | 'resolve' | 'list'>
    readonly observer: Observer
    readonly fixers: readonly Fixer[]
    readonly tidy: Tidy
    readonly checks: Pick<Checks, 'relatedTo'>
    readonly lessons: Lessons
    readonly store: Pick<RunStore, 'saveEvidence' | 'append'>
  }
