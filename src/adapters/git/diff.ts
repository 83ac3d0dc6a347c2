import type { Patch } from '#domain/patch.ts'
import type { Mirror } from '#ports/repositories.ts'

import type { GitSettings } from './git.ts'
import { writeTree } from './patch-trees.ts'
import { inMirror } from './refs.ts'

/** The paths in which two commits differ; a file that moved is two. */
export async function changedPaths(
  settings: GitSettings,
  mirror: Mirror,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly string[]> {
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--end-of-options']
  const printed = await inMirror(settings, mirror, [...args, from, to])
  return printed.split('\0').filter((path) => path !== '')
}

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
