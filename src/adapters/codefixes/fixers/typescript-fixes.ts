import type { CodeFixer, Proposal, Scene } from '../proposal.ts'
import { allowed, type Allowed } from './allowed-fixes.ts'
import { actionsAt, type Action } from './typescript-actions.ts'
import { isUnheardCallback } from './unheard-callback.ts'

/** One tier per kind of fix: two different ones of the same kind are one too many. */
export const typescriptFixes: CodeFixer = function* (scene) {
  const groups = Map.groupBy(actionsAt(scene), ({ fixName }) => fixName)
  if (isUnheardCallback(scene.node)) groups.delete('fixAwaitInSyncFunction')
  for (const [fixName, actions] of groups) {
    const fix = allowed.get(fixName)
    if (fix)
      yield* ranked(fixName, actions).map((one) =>
        one.map((action) => proposal(scene, fix, action)),
      )
  }
}

/** Where TypeScript offers several, its first is the widest: await where the value is made, a whole type-only import. */
function ranked(fixName: string, actions: readonly Action[]): readonly (readonly Action[])[] {
  return inOrder.has(fixName) ? actions.map((action) => [action]) : [actions]
}

const inOrder: ReadonlySet<string> = new Set([
  'addMissingAwait',
  'addMissingAwaitToInitializer',
  'convertToTypeOnlyImport',
  'add-annotation',
])

function proposal(
  { name }: Scene,
  { strategy, risk, did, cause }: Allowed,
  action: Action,
): Proposal {
  return {
    strategy: `types/${strategy}`,
    description: `${did} in ${name} (${action.description.toLowerCase()})`,
    rootCause: `${name} ${cause}`,
    risk,
    edits: action.edits,
  }
}
