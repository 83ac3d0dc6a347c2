import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Mirror } from '#ports/repositories.ts'

import { checkout } from './checkout.ts'
import type { GitSettings } from './git.ts'
import { originOf } from './origin.ts'
import { commitAt } from './refs.ts'
import { entriesOf } from './trees.ts'

/**
 * The files of the user's HEAD that stand otherwise in the working tree. They are compared as bytes: git itself would call
 * filters there that the repository names.
 */
export async function uncommitted(
  settings: GitSettings,
  mirror: Mirror,
  at: { readonly sha: string; readonly runId: string },
): Promise<readonly string[]> {
  const { kind, address } = originOf(mirror.origin)
  if (kind === 'url' || (await commitAt(settings, mirror, 'refs/source/HEAD')) !== at.sha) return []
  const [entries, committed] = await Promise.all([
    entriesOf(settings, mirror, at),
    checkout(settings, mirror, at),
  ])
  const plain = entries.filter(({ mode }) => mode.startsWith('100')).map(({ path }) => path)
  return plain.filter((path) => differs(textAt(committed, path), textAt(address, path)))
}

/** What is not there is no unfinished work: a clone may hold but a part of the tree. */
function differs(committed: string | null, here: string | null): boolean {
  if (committed === null || here === null || committed === here) return false
  // A clone may keep large files and line ends in another form than the commit.
  const isPointer = committed.startsWith('version https://git-lfs')
  return !isPointer && committed.replaceAll('\r\n', '\n') !== here.replaceAll('\r\n', '\n')
}

/** Bytes as text, one character each; null for anything but a plain file. */
function textAt(top: string, path: string): string | null {
  const place = join(top, path)
  try {
    return lstatSync(place).isFile() ? readFileSync(place, 'latin1') : null
  } catch {
    return null
  }
}
