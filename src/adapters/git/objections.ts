import type { Commit, Written } from '#ports/repositories.ts'

import type { GitSettings } from './git.ts'
import { isWritableBranch } from './ref-names.ts'
import { objectionTo } from './tree-paths.ts'
import { entriesOf } from './trees.ts'

export type Refusal = Extract<Written, { kind: 'refused' }>

/** Why a commit may not be written at all, or null: a branch that is not ours, a path that is nobody's to write. */
export async function objectionToCommit(
  settings: GitSettings,
  commit: Commit,
): Promise<Refusal | null> {
  const detail =
    objectionToBranch(commit) ??
    objectionToPaths(commit) ??
    (await objectionToEntries(settings, commit))
  return detail === null ? null : { kind: 'refused', because: 'outside-scope', detail }
}

/** I2, K25: never the default branch; whether it is somebody else's is seen where it is moved. */
function objectionToBranch({ mirror, branch }: Commit): string | null {
  if (!isWritableBranch(branch)) return 'This is not a branch name that may be written.'
  return branch === mirror.defaultBranch ? `${branch} is the default branch.` : null
}

function objectionToPaths({ patch }: Commit): string | null {
  if (patch.length === 0) return 'The patch changes nothing.'
  for (const { path } of patch) {
    const objection = objectionTo(path)
    if (objection !== null) return `${JSON.stringify(path)} ${objection}.`
  }
  return new Set(patch.map(({ path }) => path)).size === patch.length
    ? null
    : 'A path stands in the patch twice.'
}

/** A link or a submodule is not ours to replace, and nothing is written through one. */
async function objectionToEntries(settings: GitSettings, commit: Commit): Promise<string | null> {
  const entries = await entriesOf(settings, commit.mirror, { sha: commit.parent })
  const modes = new Map(entries.map(({ path, mode }) => [path, mode]))
  for (const { path } of commit.patch) {
    const above = path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))
    const taken = above.find((name) => name !== path && modes.has(name))
    if (taken !== undefined) return `${taken} is not a directory.`
    if (modes.has(path) && !modes.get(path)?.startsWith('100'))
      return `${path} is not a plain file.`
    if (entries.some((entry) => entry.path.startsWith(`${path}/`))) return `${path} is a directory.`
  }
  return null
}
