import { git } from './git.ts'
import type { GitSettings } from './git.ts'
import type { Origin } from './origin.ts'

/** The branch that nobody but a merge may move: what the server calls HEAD, else the usual name. Null when unknown. */
export async function defaultBranchOf(
  settings: GitSettings,
  directory: string,
  origin: Origin,
): Promise<string | null> {
  if (origin.kind === 'url') return announced(settings, directory, origin)
  const told = await toldByClone(settings, origin)
  return told ?? usual(await sourceBranches(settings, directory))
}

async function announced(
  settings: GitSettings,
  directory: string,
  origin: Origin,
): Promise<string | null> {
  const call = { cwd: directory, env: { GIT_DIR: directory }, protocol: origin.protocol }
  const printed = await git(settings, call, [
    'ls-remote',
    '--symref',
    '--end-of-options',
    origin.address,
    'HEAD',
  ])
  return /^ref: refs\/heads\/(\S+)\tHEAD/.exec(printed)?.[1] ?? null
}

/** A clone remembers what its server said. */
async function toldByClone(settings: GitSettings, origin: Origin): Promise<string | null> {
  const printed = await git(settings, { cwd: origin.address }, [
    'symbolic-ref',
    '--quiet',
    'refs/remotes/origin/HEAD',
  ]).catch(() => '')
  return /^refs\/remotes\/origin\/(\S+)/.exec(printed)?.[1] ?? null
}

async function sourceBranches(
  settings: GitSettings,
  directory: string,
): Promise<readonly string[]> {
  const call = { cwd: directory, env: { GIT_DIR: directory } }
  const printed = await git(settings, call, [
    'for-each-ref',
    '--format=%(refname)',
    'refs/source/heads',
  ])
  return printed
    .split('\n')
    .flatMap((ref) => (ref === '' ? [] : [ref.slice('refs/source/heads/'.length)]))
}

function usual(branches: readonly string[]): string | null {
  const known = ['main', 'master', 'trunk', 'develop'].find((name) => branches.includes(name))
  return known ?? (branches.length === 1 ? (branches[0] ?? null) : null)
}
