import { existsSync } from 'node:fs'
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
  const isHere = existsSync(join(directory, 'HEAD'))
  const own = isHere ? { ...mirror, directory } : await fetched(settings, mirror)
  if (sha === null || (await commitAt(settings, own, sha)) !== null) return own
  await fetched(settings, own)
  if ((await commitAt(settings, own, sha)) === null) await fetchCommit(settings, own, sha)
  return own
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
