import type { Mirror } from '#ports/repositories.ts'

import { authorityFor } from './authority.ts'
import { contains, noteDelivery } from './branch-state.ts'
import { git } from './git.ts'
import type { GitSettings } from './git.ts'
import { type Origin, originOf } from './origin.ts'
import { isWritableBranch } from './ref-names.ts'
import { commitAt } from './refs.ts'

/**
 * Brings a branch of the mirror into the user's own repository: a ref and objects, never HEAD, the index or a file.
 * Never forced; throws git's words when their branch has gone another way. A URL is pushed to where we were given the
 * credentials, and nowhere else.
 */
export async function deliver(
  settings: GitSettings,
  mirror: Mirror,
  { branch, from }: { readonly branch: string; readonly from: string | null },
): Promise<'delivered' | 'moved'> {
  if (!isWritableBranch(branch) || branch === mirror.defaultBranch) {
    throw new Error(`${JSON.stringify(branch)} is not a branch that may be delivered.`)
  }
  if (await isThereAlready(settings, mirror, branch)) return 'delivered'
  const origin = originOf(mirror.origin)
  if (origin.kind === 'url') return await push(settings, mirror, { branch, from, origin })
  const refspec = `refs/heads/${branch}:refs/heads/${branch}`
  // Their configuration may name another program for our address: say which one it is.
  const plain = [
    '--quiet',
    '--no-tags',
    '--no-prune',
    '--no-write-fetch-head',
    '--upload-pack=git-upload-pack',
  ]
  const args = [
    'fetch',
    ...plain,
    '--no-recurse-submodules',
    '--no-auto-maintenance',
    '--end-of-options',
  ]
  await git(settings, { cwd: origin.address, protocol: 'file' }, [
    ...args,
    mirror.directory,
    refspec,
  ])
  await noteDelivery(settings, mirror, branch)
  return 'delivered'
}

/** Another mirror of ours wrote and pushed these commits: this one has none of its own to bring. */
async function isThereAlready(
  settings: GitSettings,
  mirror: Mirror,
  branch: string,
): Promise<boolean> {
  const ours = await commitAt(settings, mirror, `refs/heads/${branch}`)
  return ours === null && (await commitAt(settings, mirror, `refs/source/heads/${branch}`)) !== null
}

interface Push {
  readonly branch: string
  readonly from: string | null
  readonly origin: Origin
}

/**
 * Only forward, only to a branch of its own, and only from where we know it to stand. A lease alone would let us go back:
 * that the new commit lies on the old one is looked at here.
 */
async function push(
  settings: GitSettings,
  mirror: Mirror,
  { branch, from, origin }: Push,
): Promise<'delivered' | 'moved'> {
  const authority = await authorityFor(settings, origin.address, 'write')
  if (Object.keys(authority).length === 0) return 'delivered'
  const name = `refs/heads/${branch}`
  if (from !== null && !(await contains(settings, mirror, [from, name])))
    throw new Error(`${branch} does not lie on ${from}.`)
  const env = { GIT_DIR: mirror.directory, ...authority }
  const call = { cwd: mirror.directory, env, protocol: origin.protocol }
  const lease = `--force-with-lease=${name}:${from ?? ''}`
  const plain = ['--quiet', '--no-verify', '--no-follow-tags', '--recurse-submodules=no', lease]
  const to = [origin.address, `${name}:${name}`]
  try {
    await git(settings, call, ['push', ...plain, '--end-of-options', ...to])
    return 'delivered'
  } catch (error) {
    if (moved.some((said) => said.test(String(error)))) return 'moved'
    throw error
  }
}

const moved = [
  /\[rejected\].*\((?:stale info|fetch first|non-fast-forward)\)/,
  // No fix touches a workflow: commits that do are those below it, and they are on no branch there any more.
  /refusing to allow a GitHub App to create or update workflow/,
]
