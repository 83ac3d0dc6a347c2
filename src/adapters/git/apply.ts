import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  chmod,
  lstat,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'

import type { FileEdit, Patch } from '#domain/patch.ts'
import type { Applied, Mirror } from '#ports/repositories.ts'

import type { GitSettings } from './git.ts'
import { originOf } from './origin.ts'
import { objectionTo } from './tree-paths.ts'
import { entriesOf, textOf } from './trees.ts'

/** Writes a patch made on `sha` into the user's working tree: all of it, or nothing when a touched file differs there. */
export async function applyTo(
  settings: GitSettings,
  mirror: Mirror,
  change: { readonly sha: string; readonly patch: Patch },
): Promise<Applied> {
  const { address, kind } = originOf(mirror.origin)
  const files = change.patch.map(({ path }) => path)
  if (kind === 'url' || !existsSync(join(address, '.git'))) return refused('no-working-tree', [])
  const odd = files.filter((path) => objectionTo(path) !== null)
  if (odd.length > 0) return refused('outside-scope', odd)
  const before = await textsAt(settings, mirror, { sha: change.sha, paths: files })
  const modified: string[] = []
  for (const path of files) {
    if ((await textThere(address, path)) !== (before.get(path) ?? null)) modified.push(path)
  }
  if (modified.length > 0) return refused('modified', modified)
  for (const edit of change.patch) await write(address, edit)
  return { kind: 'applied', files }
}

function refused(
  because: Extract<Applied, { kind: 'refused' }>['because'],
  files: readonly string[],
): Applied {
  return { kind: 'refused', because, files }
}

async function textsAt(
  settings: GitSettings,
  mirror: Mirror,
  at: { readonly sha: string; readonly paths: readonly string[] },
): Promise<ReadonlyMap<string, string | null>> {
  const entries = at.paths.length === 0 ? [] : await entriesOf(settings, mirror, at)
  const texts = await Promise.all(
    entries.map(async ({ path, object }): Promise<[string, string | null]> => [
      path,
      await textOf(settings, mirror, object),
    ]),
  )
  return new Map(texts)
}

/** What stands at a path of the working tree; null for nothing, undefined for anything but a plain file of the tree. */
async function textThere(top: string, path: string): Promise<string | null | undefined> {
  const place = join(top, path)
  const parent = await realpath(dirname(place)).catch(() => null)
  if (parent === null) return null
  if (parent !== dirname(place)) return undefined
  const seen = await lstat(place).catch(() => null)
  if (seen === null) return null
  return seen.isFile() ? readFile(place, 'utf8') : undefined
}

async function write(top: string, { path, content }: FileEdit): Promise<void> {
  const place = join(top, path)
  if (content === null) return rm(place)
  await mkdir(dirname(place), { recursive: true })
  const mode = await stat(place).then(
    ({ mode }) => mode & 0o777,
    () => null,
  )
  const aside = `${place}.${randomUUID()}`
  await writeFile(aside, content, { flag: 'wx' })
  if (mode !== null) await chmod(aside, mode)
  await rename(aside, place)
}
