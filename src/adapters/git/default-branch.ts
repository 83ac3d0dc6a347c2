import { authorityFor } from './authority.ts'
import { git } from './git.ts'
import type { GitSettings } from './git.ts'
import type { Origin } from './origin.ts'

/** The branch that nobody but a merge may move: what the server calls HEAD, else the usual name. Null when unknown. */
export async function defaultBranchOf(
  settings: GitSettings,
  directory: string,
  origin: Origin,
): Promise<string | null> {
  return origin.kind === 'url' ? announced(settings, directory, origin) : local(settings, origin)
}

async function announced(
  settings: GitSettings,
  directory: string,
  origin: Origin,
): Promise<string | null> {
  const env = { GIT_DIR: directory, ...(await authorityFor(settings, origin.address, 'read')) }
  const call = { cwd: directory, env, protocol: origin.protocol }
  const args = ['ls-remote', '--symref', '--end-of-options', origin.address, 'HEAD']
  const printed = await git(settings, call, args)
  return /^ref: refs\/heads\/(\S+)\tHEAD/.exec(printed)?.[1] ?? null
}

/** A clone remembers what its server said; without a server the names of the branches have to tell. */
async function local(settings: GitSettings, origin: Origin): Promise<string | null> {
  const args = [
    'for-each-ref',
    '--format=%(refname) %(symref)',
    'refs/heads',
    'refs/remotes/origin/HEAD',
  ]
  const printed = await git(settings, { cwd: origin.address }, args).catch(() => '')
  const told = /^refs\/remotes\/origin\/HEAD refs\/remotes\/origin\/(\S+)$/m.exec(printed)?.[1]
  const branches = [...printed.matchAll(/^refs\/heads\/(\S+)/gm)].map(([, name]) => name ?? '')
  return told ?? usual(branches)
}

function usual(branches: readonly string[]): string | null {
  const known = ['main', 'master', 'trunk', 'develop'].find((name) => branches.includes(name))
  return known ?? (branches.length === 1 ? (branches[0] ?? null) : null)
}
