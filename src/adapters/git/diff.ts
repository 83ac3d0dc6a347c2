import type { Patch } from '#domain/patch.ts'
import type { Mirror } from '#ports/repositories.ts'

import type { GitSettings } from './git.ts'
import { writeTree } from './patch-trees.ts'
import { inMirror } from './refs.ts'

/** A patch as a unified diff against a commit; empty when it changes nothing. */
export async function diff(
  settings: GitSettings,
  mirror: Mirror,
  change: { readonly sha: string; readonly patch: Patch },
): Promise<string> {
  if (change.patch.length === 0) return ''
  const tree = await writeTree(settings, mirror, change)
  const plain = ['--no-ext-diff', '--no-textconv', '--no-renames', '--no-color']
  return inMirror(settings, mirror, ['diff-tree', '-r', '-p', ...plain, change.sha, tree])
}
