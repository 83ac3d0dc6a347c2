import { gitRepositories } from '#adapters/git/repositories.ts'
import type { Patch } from '#domain/patch.ts'
import type { Mirror, Repositories, Written } from '#ports/repositories.ts'

import { gitPlace, type GitPlace, type GitRepository } from './git-repository.ts'

/** Where the tests of commits write to, and when. */
export const branch = 'auto-fix/42-types'
export const at = new Date('2026-11-21T01:02:03.456Z')

export interface MirroredShop {
  readonly place: GitPlace
  readonly user: GitRepository
  readonly repositories: Repositories
  readonly mirror: Mirror
  /** The one commit of the user: a file, a program, an old file and a link to it. */
  readonly head: string
  write(patch: Patch, over?: { parent?: string; branch?: string }): Promise<Written>
}

/** A user's repository with one commit, mirrored. */
export async function mirroredShop(): Promise<MirroredShop> {
  const place = gitPlace()
  const user = place.repository('shop')
  user.write('src/a.ts', 'export const a = 1\n')
  user.write('bin/run.sh', '#!/bin/sh\n', 0o755)
  user.write('old.ts', 'old\n')
  user.link('link', 'old.ts')
  const head = user.commit('one')
  const repositories = gitRepositories({ home: place.home, env: process.env })
  const mirror = await repositories.mirror(user.directory)
  const commit = { mirror, branch, parent: head, message: 'fix: a', at }
  return {
    place,
    user,
    repositories,
    mirror,
    head,
    write: (patch, over = {}) => repositories.commit({ ...commit, patch, ...over }),
  }
}
