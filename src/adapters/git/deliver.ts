import type { Mirror } from '#ports/repositories.ts'

import { authorityFor } from './authority.ts'
import { noteDelivery } from './branch-state.ts'
import { git } from './git.ts'
import type { GitSettings } from './git.ts'
import { type Origin, originOf } from './origin.ts'
import { isWritableBranch } from './ref-names.ts'

/**
 * Brings a branch of the mirror into the user's own repository: a ref and objects, never HEAD, the index or a file.
 * Never forced; throws git's words when their branch has gone another way. A URL is pushed to where we were given the
 * credentials, and nowhere else.
 */
export async function deliver(
  settings: GitSettings,
  mirror: Mirror,
  branch: string,
): Promise<void> {
  if (!isWritableBranch(branch) || branch === mirror.defaultBranch) {
    throw new Error(`${JSON.stringify(branch)} is not a branch that may be delivered.`)
  }
  const origin = originOf(mirror.origin)
  if (origin.kind === 'url') return await push(settings, mirror, { branch, origin })
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
}

/** Never forced, and only to a branch of its own. */
async function push(
  settings: GitSettings,
  mirror: Mirror,
  { branch, origin }: { readonly branch: string; readonly origin: Origin },
): Promise<void> {
  const authority = await authorityFor(settings, origin.address, 'write')
  if (Object.keys(authority).length === 0) return
  const env = { GIT_DIR: mirror.directory, ...authority }
  const call = { cwd: mirror.directory, env, protocol: origin.protocol }
  const refspec = `refs/heads/${branch}:refs/heads/${branch}`
  const plain = ['--quiet', '--no-verify', '--no-follow-tags', '--recurse-submodules=no']
  await git(settings, call, ['push', ...plain, '--end-of-options', origin.address, refspec])
}
