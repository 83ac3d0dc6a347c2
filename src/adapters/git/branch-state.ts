import type { Mirror } from '#ports/repositories.ts'

import type { GitSettings } from './git.ts'
import { commitAt, inMirror } from './refs.ts'

/** Who holds a branch: nobody, we with this head, or somebody else. */
export type BranchState =
  | { readonly kind: 'free' }
  | { readonly kind: 'ours'; readonly head: string }
  | { readonly kind: 'foreign'; readonly theirs: string; readonly ours: string | null }

/** What the mirror knows about a branch that we want to write; as fresh as the last fetch. */
export async function stateOf(
  settings: GitSettings,
  mirror: Mirror,
  branch: string,
): Promise<BranchState> {
  const [ours, theirs] = await Promise.all([
    commitAt(settings, mirror, `refs/heads/${branch}`),
    commitAt(settings, mirror, `refs/source/heads/${branch}`),
  ])
  if (theirs !== null) {
    const still = ours !== null && (await contains(settings, mirror, [theirs, ours]))
    return still ? { kind: 'ours', head: ours } : { kind: 'foreign', theirs, ours }
  }
  if (ours === null) return { kind: 'free' }
  const delivered = await commitAt(settings, mirror, deliveredRef(branch))
  if (delivered === null) return { kind: 'ours', head: ours }
  // They had it and deleted it: a later run may start it anew.
  await inMirror(settings, mirror, ['update-ref', '-d', `refs/heads/${branch}`, ours])
  await inMirror(settings, mirror, ['update-ref', '-d', deliveredRef(branch)])
  return { kind: 'free' }
}

/** Notes that the user's repository has our branch now. */
export async function noteDelivery(
  settings: GitSettings,
  mirror: Mirror,
  branch: string,
): Promise<void> {
  // In this order: a branch noted as delivered that the source does not have counts as deleted there.
  for (const ref of [`refs/source/heads/${branch}`, deliveredRef(branch)]) {
    await inMirror(settings, mirror, ['update-ref', ref, `refs/heads/${branch}`])
  }
}

/** Whether the first commit is the second or one of its ancestors. */
export async function contains(
  settings: GitSettings,
  mirror: Mirror,
  [sha, head]: readonly [string, string],
): Promise<boolean> {
  const base = await inMirror(settings, mirror, ['merge-base', sha, head]).catch(() => '')
  return base.trim() === sha
}

function deliveredRef(branch: string): string {
  return `refs/delivered/${branch}`
}
