import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Mirror, Reversal, Reverted } from '#ports/repositories.ts'

import { git, type GitCall, type GitSettings } from './git.ts'
import { writeTree } from './patch-trees.ts'
import { inMirror } from './refs.ts'
import { entriesOf, textOf, withScratch } from './trees.ts'

/**
 * What takes back a commit on top of another one and of a patch, merged three ways as `git revert -m 1` does; for a merge
 * that is all it brought to its first parent. By plumbing alone: no working tree, nothing written but objects.
 */
export async function reversal(
  settings: GitSettings,
  mirror: Mirror,
  { of, onto, patch }: Reversal,
): Promise<Reverted> {
  const start = await treeOf(settings, mirror, { onto, patch })
  const options = ['--binary', '--full-index', '--no-ext-diff', '--no-textconv', '--no-renames']
  const backwards = await inMirror(settings, mirror, ['diff', ...options, of, `${of}^1`])
  if (backwards === '') return { kind: 'conflicts', paths: [] }
  return withScratch(settings, async (scratch) => {
    const file = join(scratch, 'backwards.diff')
    await writeFile(file, backwards)
    const env = { GIT_DIR: mirror.directory, GIT_INDEX_FILE: join(scratch, 'index') }
    const call: GitCall = { cwd: scratch, env }
    await git(settings, call, ['read-tree', start])
    const refused = await git(settings, call, ['apply', '--cached', '--3way', file]).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    )
    const paths = await unmerged(settings, call)
    if (paths.length > 0 || refused !== null) return { kind: 'conflicts', paths }
    const end = (await git(settings, call, ['write-tree'])).trim()
    return changesBetween(settings, mirror, { start, end })
  })
}

async function treeOf(
  settings: GitSettings,
  mirror: Mirror,
  { onto, patch }: Pick<Reversal, 'onto' | 'patch'>,
): Promise<string> {
  if (patch.length > 0) return writeTree(settings, mirror, { sha: onto, patch })
  return (await inMirror(settings, mirror, ['rev-parse', `${onto}^{tree}`])).trim()
}

async function unmerged(settings: GitSettings, call: GitCall): Promise<readonly string[]> {
  const printed = await git(settings, call, [
    'diff',
    '--cached',
    '--name-only',
    '--diff-filter=U',
    '-z',
  ])
  return printed.split('\0').filter((path) => path !== '')
}

async function changesBetween(
  settings: GitSettings,
  mirror: Mirror,
  { start, end }: { readonly start: string; readonly end: string },
): Promise<Reverted> {
  const named = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', start, end]
  const paths = (await inMirror(settings, mirror, named)).split('\0').filter((path) => path !== '')
  const entries = new Map(
    (await entriesOf(settings, mirror, { sha: end, paths })).map((entry) => [entry.path, entry]),
  )
  const patch: { path: string; content: string | null }[] = []
  for (const path of paths) {
    const entry = entries.get(path)
    const content = entry === undefined ? null : await textOf(settings, mirror, entry.object)
    if (entry !== undefined && content === null) return { kind: 'not-text', paths: [path] }
    patch.push({ path, content })
  }
  // A patch holds plain texts: what also changed a mode or a link would not come back as it was.
  if (patch.length === 0) return { kind: 'conflicts', paths: [] }
  const isExact = (await writeTree(settings, mirror, { sha: start, patch })) === end
  return isExact ? { kind: 'reverted', patch } : { kind: 'not-text', paths }
}
