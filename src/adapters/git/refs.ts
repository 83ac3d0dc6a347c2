import type { Mirror } from '#ports/repositories.ts'

import { git } from './git.ts'
import type { GitSettings } from './git.ts'
import { isSafeRevision } from './ref-names.ts'

/** The SHA that a ref, branch, tag or SHA of the user names, or null. `null` asks for the user's HEAD. */
export async function resolve(
  settings: GitSettings,
  mirror: Mirror,
  ref: string | null,
): Promise<string | null> {
  const candidates = candidatesFor(ref)
  if (candidates.length === 0) return null
  const env = { GIT_DIR: mirror.directory }
  const input = candidates.map((name) => `${name}^{commit}\n`).join('')
  // All in one process: most names are nobody's.
  const args = ['cat-file', '--batch-check=%(objectname)']
  const printed = await git(settings, { cwd: mirror.directory, env, input }, args)
  return printed.split('\n').find((line) => shaIn(line) === line) ?? null
}

/** The best common ancestor, or null. */
export async function mergeBase(
  settings: GitSettings,
  mirror: Mirror,
  pair: readonly [string, string],
): Promise<string | null> {
  const printed = await inMirror(settings, mirror, [
    'merge-base',
    '--end-of-options',
    ...pair,
  ]).catch(() => '')
  return shaIn(printed)
}

/** The commit that an exact name inside the mirror stands for, or null. */
export async function commitAt(
  settings: GitSettings,
  mirror: Mirror,
  name: string,
): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
  return shaIn(await inMirror(settings, mirror, args).catch(() => ''))
}

export async function inMirror(
  settings: GitSettings,
  mirror: Mirror,
  args: readonly string[],
): Promise<string> {
  return git(settings, { cwd: mirror.directory, env: { GIT_DIR: mirror.directory } }, args)
}

/** The user's own names come before ours; a SHA is taken as it is. */
function candidatesFor(ref: string | null): readonly string[] {
  if (ref === null) return ['refs/source/HEAD']
  if (!isSafeRevision(ref)) return []
  const [, name = '', suffix = ''] = /^(.*?)((?:[~^]\d*)*)$/.exec(ref) ?? []
  if (name === 'HEAD') return [`refs/source/HEAD${suffix}`]
  const short = name.replace(/^refs\/(?:heads|tags|remotes)\//, '')
  const places = ['source/heads', 'source/tags', 'source/remotes', 'source/remotes/origin', 'heads']
  const named = places.map((place) => `refs/${place}/${short}${suffix}`)
  return /^[\da-f]{7,64}$/.test(name) ? [`${name}${suffix}`, ...named] : named
}

function shaIn(printed: string): string | null {
  return /^[\da-f]{40,64}/.exec(printed)?.[0] ?? null
}
