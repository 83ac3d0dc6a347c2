import { statSync } from 'node:fs'
import { join } from 'node:path'

import type { Mirror } from '#ports/repositories.ts'

import type { GitSettings } from './git.ts'
import { directoryOf, fetchCommit, mirrorOf } from './mirrors.ts'
import { commitAt } from './refs.ts'

/**
 * The mirror as this machine has it: a run may have begun on another one, whose directories are not here. With a commit,
 * one that has that commit.
 */
export async function here(
  settings: GitSettings,
  mirror: Mirror,
  sha: string | null = null,
): Promise<Mirror> {
  const directory = directoryOf(settings, mirror.origin)
  const own = made(directory) === null ? await fetched(settings, mirror) : { ...mirror, directory }
  if (sha === null || (await has(settings, own, sha))) return own
  await fetched(settings, own)
  if (!(await has(settings, own, sha))) await fetchCommit(settings, own, sha)
  return own
}

/** Commits that mirrors were seen to have: every step asks for the same one, and nothing is ever taken out of a mirror. */
const seen = new Set<string>()
const remembered = 1000

async function has(settings: GitSettings, own: Mirror, sha: string): Promise<boolean> {
  const key = `${own.directory} ${made(own.directory)} ${sha}`
  if (seen.has(key)) return true
  if ((await commitAt(settings, own, sha)) === null) return false
  seen.add(key)
  for (const oldest of [...seen].slice(0, -remembered)) seen.delete(oldest)
  return true
}

/** Tells a mirror from one that stood there before it and was deleted; null where there is none. */
function made(directory: string): string | null {
  const head = statSync(join(directory, 'HEAD'), { throwIfNoEntry: false })
  return head === undefined ? null : `${head.ino} ${head.mtimeMs}`
}

/** The same, and as fresh as its origin where another machine had fetched it for us. */
export async function freshHere(settings: GitSettings, mirror: Mirror): Promise<Mirror> {
  const isOurs = mirror.directory === directoryOf(settings, mirror.origin)
  return isOurs ? await here(settings, mirror) : await fetched(settings, mirror)
}

async function fetched(settings: GitSettings, mirror: Mirror): Promise<Mirror> {
  const { directory } = await mirrorOf(settings, mirror.origin)
  return { ...mirror, directory }
}
