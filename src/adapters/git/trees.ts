import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Mirror } from '#ports/repositories.ts'

import { ownMark } from '../system/processes.ts'
import type { GitSettings } from './git.ts'
import { inMirror } from './refs.ts'

/** One entry of a commit that is not a directory. Mode is git's: 100644, 100755, 120000 (link) or 160000 (submodule). */
export interface Entry {
  readonly mode: string
  readonly object: string
  readonly path: string
  /** 0 for what is no blob. */
  readonly bytes: number
}

/** All entries of a commit, or only those at the given paths. */
export async function entriesOf(
  settings: GitSettings,
  mirror: Mirror,
  at: { readonly sha: string; readonly paths?: readonly string[] },
): Promise<readonly Entry[]> {
  const args = ['ls-tree', '-r', '-z', '-l', '--full-tree', at.sha]
  const printed = await inMirror(settings, mirror, at.paths ? [...args, '--', ...at.paths] : args)
  return printed.split('\0').flatMap((line) => {
    const [, mode, object, size, path] =
      /^(\d+) \w+ ([\da-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line) ?? []
    return mode && object && path ? [{ mode, object, path, bytes: Number(size) || 0 }] : []
  })
}

/** The text of a blob; null when it is not text. */
export async function textOf(
  settings: GitSettings,
  mirror: Mirror,
  object: string,
): Promise<string | null> {
  const text = await inMirror(settings, mirror, ['cat-file', 'blob', object])
  return text.includes('\0') ? null : text
}

/** Runs with a fresh directory of ours that is gone afterwards. */
export async function withScratch<T>(
  settings: GitSettings,
  run: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = join(settings.home, 'scratch', `${ownMark}-${randomUUID()}`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  try {
    return await run(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
