import type { Check } from '#domain/check.ts'
import type { CoderBudget, CoderEdit, CoderEnd, CoderTask, CoderUsage } from '#domain/coder.ts'
import type { Patch } from '#domain/patch.ts'

import type { Workspace } from './workspace.ts'

/** Told of every call once it is over, before the next one is made. Kept by whoever owns the budget. */
export interface Meter {
  /** `spent`: no further call may be made. */
  spend(usage: CoderUsage): Promise<'go-on' | 'spent'>
}

/** What a coder may look at and run; all of it inside the sandbox of the run. */
export interface CoderContext {
  readonly workspace: Workspace
  /** What was already accepted on top of the commit. */
  readonly patch: Patch
  /** Those it may run by name. */
  readonly checks: readonly Check[]
  readonly meter: Meter
  readonly signal: AbortSignal
}

/** What came of it. The rationale is the coder's own word: shown to people, and no proof of anything. */
export type CoderAnswer =
  | {
      readonly kind: 'edits'
      readonly edits: readonly CoderEdit[]
      readonly rationale: string
      readonly usage: CoderUsage
    }
  | {
      readonly kind: 'ended'
      readonly because: CoderEnd
      readonly detail: string
      readonly usage: CoderUsage
    }

/** An author of edits, never their judge. */
export interface Coder {
  /** The model as it is called: "anthropic/claude-…", "command/aider". */
  readonly id: string
  /** Never throws for what a model or a network does: each has its ending. */
  code(task: CoderTask, context: CoderContext, budget: CoderBudget): Promise<CoderAnswer>
}
