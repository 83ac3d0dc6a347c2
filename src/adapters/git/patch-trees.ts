import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Patch } from '#domain/patch.ts'
import type { Mirror } from '#ports/repositories.ts'

import { git } from './git.ts'
import type { GitSettings } from './git.ts'
import { entriesOf, withScratch } from './trees.ts'

/**
 * Writes the tree of a commit with a patch laid over it and answers its SHA. Blobs are the patch's bytes, unfiltered;
 * a file keeps its mode, a new one is plain. The caller has judged the paths.
 */
export async function writeTree(
  settings: GitSettings,
  mirror: Mirror,
  change: { readonly sha: string; readonly patch: Patch },
): Promise<string> {
  return withScratch(settings, async (scratch) => {
    const env = { GIT_DIR: mirror.directory, GIT_INDEX_FILE: join(scratch, 'index') }
    const call = { cwd: scratch, env }
    const [objects, modes] = await Promise.all([
      writeBlobs(settings, { call, patch: change.patch }),
      modesOf(settings, mirror, change),
      git(settings, call, ['read-tree', change.sha]),
    ])
    const lines = change.patch.map(({ path, content }, at) =>
      content === null
        ? `0 ${'0'.repeat(40)}\t${path}\0`
        : `${modes.get(path) ?? '100644'} ${objects.get(at)}\t${path}\0`,
    )
    await git(settings, { ...call, input: lines.join('') || '\0' }, [
      'update-index',
      '-z',
      '--index-info',
    ])
    return (await git(settings, call, ['write-tree'])).trim()
  })
}

interface Writing {
  readonly call: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }
  readonly patch: Patch
}

/** Position in the patch → blob. */
async function writeBlobs(
  settings: GitSettings,
  { call, patch }: Writing,
): Promise<ReadonlyMap<number, string>> {
  const kept = patch.flatMap(({ content }, at) => (content === null ? [] : [{ content, at }]))
  if (kept.length === 0) return new Map()
  await Promise.all(kept.map(({ content, at }) => writeFile(join(call.cwd, String(at)), content)))
  const names = kept.map(({ at }) => String(at))
  const printed = await git(settings, call, ['hash-object', '-w', '--no-filters', '--', ...names])
  const objects = printed.trim().split('\n')
  return new Map(kept.map(({ at }, position) => [at, objects[position] ?? '']))
}

async function modesOf(
  settings: GitSettings,
  mirror: Mirror,
  { sha, patch }: { readonly sha: string; readonly patch: Patch },
): Promise<ReadonlyMap<string, string>> {
  const paths = patch.map(({ path }) => path)
  const entries = await entriesOf(settings, mirror, { sha, paths })
  return new Map(entries.map(({ path, mode }) => [path, mode]))
}
