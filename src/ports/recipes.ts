import type { Patch } from '#domain/patch.ts'
import type { AcceptedEdit, ModelEdit, Rewrite } from '#domain/recipe.ts'

import type { Workspace } from './workspace.ts'

/** Runs a rule in the sandbox over the files; nothing where the rule cannot be read. */
export interface RecipeRunner {
  rewrites(workspace: Workspace, patch: Patch, rule: string): Promise<readonly Rewrite[]>
  /** Why it cannot be run at all, or null. `line` counts from 1; null where it does not say. */
  complaint(
    workspace: Workspace,
    rule: string,
  ): Promise<{ readonly line: number | null; readonly words: string } | null>
}

interface Position {
  readonly line: number
  readonly column: number
}

/** What is wrong with a file, where, and what to do about it. */
export interface Objection extends Position {
  readonly problem: string
  readonly remedy: string
}

/** Reads the text of a recipe; a bad one is one problem at its line, a good one where its rule stands. */
export interface RecipeReader {
  parse(
    text: string,
  ): ({ readonly kind: 'valid' } & Position) | ({ readonly kind: 'invalid' } & Objection)
}

/** What models changed, remembered until people said what they think of it. */
export interface ModelEdits {
  /** Once for a task and file. */
  keep(
    of: { readonly repository: number; readonly taskId: string },
    edits: readonly ModelEdit[],
  ): Promise<void>
  /** Those whose pull request is merged and not taken back, the newest first; a bounded number. */
  accepted(repository: number): Promise<readonly AcceptedEdit[]>
}
