import type { Check } from '#domain/check.ts'
import type { CoderEnd, CoderLimits, CoderTask, CoderUsage } from '#domain/coder.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Patch } from '#domain/patch.ts'

import type { Workspace } from './workspace.ts'

/** Told of every call once it is over, before the next one is made. Kept by whoever owns the budget. */
export interface Meter {
  /** `spent`: no further call may be made. */
  spend(usage: CoderUsage): Promise<'go-on' | 'spent'>
}

/** What a coder may look at, write and run; what it runs, it runs inside the sandbox of the run. */
export interface CoderContext {
  readonly workspace: Workspace
  /** What was already accepted on top of the commit. */
  readonly patch: Patch
  /** Those it may run by name. */
  readonly checks: readonly Check[]
  observe(check: Check, patch: Patch): Promise<Evidence>
  /** Why this file may not be written, in one sentence; null where it may. */
  refusal(path: string): string | null
  /** Whether a file tells agents what to do: in the code under repair nobody approved what it says. */
  readonly isForAgents: (path: string) => boolean
  /** Those files as the default branch has them; null for one that it has not. Asked only by who obeys such files. */
  orders(): Promise<Patch>
  readonly limits: CoderLimits
  readonly meter: Meter
  readonly signal: AbortSignal
}

/** What came of it. The rationale is the coder's own word: shown to people, and no proof of anything. */
export type CoderAnswer =
  | {
      readonly kind: 'edits'
      /** On top of `context.patch`, whole files, each of them allowed. */
      readonly patch: Patch
      readonly rationale: string
    }
  | { readonly kind: 'ended'; readonly because: CoderEnd; readonly detail: string }

/** An author of edits, never their judge. */
export interface Coder {
  /** The model as it is called: "anthropic/claude-…", "command/aider". */
  readonly id: string
  /** Never throws for what a model or a network does: each has its ending. */
  code(task: CoderTask, context: CoderContext): Promise<CoderAnswer>
}
