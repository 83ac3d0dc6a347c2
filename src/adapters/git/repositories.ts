import type { Repositories } from '#ports/repositories.ts'

import { applyTo } from './apply.ts'
import { checkout, omitted } from './checkout.ts'
import { writeCommit } from './commit.ts'
import { deliver } from './deliver.ts'
import { diff } from './diff.ts'
import type { GitSettings } from './git.ts'
import { fetchCommit, mirrorOf } from './mirrors.ts'
import { mergeBase, resolve } from './refs.ts'
import { entriesOf, textOf } from './trees.ts'
import { release } from './work.ts'

/** Real git: bare mirrors, plumbing and plain files below `settings.home`. The user's repository is only read and fetched into. */
export function gitRepositories(settings: GitSettings): Repositories {
  return {
    mirror: (origin) => mirrorOf(settings, origin),
    async resolve(mirror, ref) {
      const known = await resolve(settings, mirror, ref)
      if (known !== null || ref === null || !/^[\da-f]{40,64}$/.test(ref)) return known
      return (await fetchCommit(settings, mirror, ref))
        ? await resolve(settings, mirror, ref)
        : null
    },
    mergeBase: (mirror, a, b) => mergeBase(settings, mirror, [a, b]),
    checkout: (mirror, sha, runId) => checkout(settings, mirror, { sha, runId }),
    omitted: (mirror, sha) => omitted(settings, mirror, sha),
    async read(mirror, sha, path) {
      const [entry] = await entriesOf(settings, mirror, { sha, paths: [path] })
      const plain = entry?.path === path && entry.mode.startsWith('100')
      return plain ? textOf(settings, mirror, entry.object) : null
    },
    commit: (commit) => writeCommit(settings, commit),
    diff: (mirror, sha, patch) => diff(settings, mirror, { sha, patch }),
    deliver: (mirror, branch, from) => deliver(settings, mirror, { branch, from }),
    applyTo: (mirror, sha, patch) => applyTo(settings, mirror, { sha, patch }),
    release: (runId) => release(settings.home, runId),
  }
}
