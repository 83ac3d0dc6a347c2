import type { Patch } from '#domain/patch.ts'
import type { AcceptedEdit, ModelEdit, Rewrite } from '#domain/recipe.ts'

import type { Workspace } from './workspace.ts'

/** Runs a rule in the sandbox over the files; nothing where the rule cannot be read. */
export interface RecipeRunner {
  rewrites(workspace: Workspace, patch: Patch, rule: string): Promise<readonly Rewrite[]>
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
