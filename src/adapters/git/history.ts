import type { Landed } from '#domain/culprit.ts'
import type { Mirror } from '#ports/repositories.ts'

import type { GitSettings } from './git.ts'
import { inMirror } from './refs.ts'

const fields = ['%H', '%T', '%P', '%an', '%cI', '%s', '%b']

/** What landed on a branch up to a commit, along the first parents, the newest first; at most `most`. */
export async function landedUpTo(
  settings: GitSettings,
  mirror: Mirror,
  { sha, most }: { readonly sha: string; readonly most: number },
): Promise<readonly Landed[]> {
  // The one character that no message can hold stands between the fields, and between the commits.
  const format = `--format=${fields.join('%x00')}`
  const args = ['log', '-z', '--first-parent', `--max-count=${most}`, format, '--end-of-options']
  const printed = (await inMirror(settings, mirror, [...args, sha])).split('\0')
  const count = Math.floor(printed.length / fields.length)
  return Array.from({ length: count }, (_commit, at) =>
    commitOf(printed.slice(at * fields.length, (at + 1) * fields.length)),
  )
}

function commitOf(of: readonly string[]): Landed {
  const [sha = '', tree = '', parents = '', author = '', at = '', subject = '', body = ''] = of
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author,
    at,
    subject,
    body: body.trim(),
  }
}
