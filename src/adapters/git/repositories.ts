import { posix } from 'node:path'

import type { Mirror, Repositories } from '#ports/repositories.ts'

import { applyTo } from './apply.ts'
import { checkout, omitted } from './checkout.ts'
import { writeCommit } from './commit.ts'
import { deliver } from './deliver.ts'
import { changedPaths, diff } from './diff.ts'
import type { GitSettings } from './git.ts'
import { freshHere, here } from './here.ts'
import { landedUpTo } from './history.ts'
import { mirrorsAhead } from './mirrors-ahead.ts'
import { fetchCommit, mirrorOf } from './mirrors.ts'
import { mergeBase, resolve } from './refs.ts'
import { reversal } from './revert.ts'
import { entriesOf, textOf } from './trees.ts'
import { uncommitted } from './uncommitted.ts'
import { release } from './work.ts'

/** Real git: bare mirrors, plumbing and plain files below `settings.home`. The user's repository is only read and fetched into. */
export function gitRepositories(settings: GitSettings): Repositories {
  const at = (mirror: Mirror, sha: string | null = null) => here(settings, mirror, sha)
  return {
    ...mirrorsAhead((origin, stop) => mirrorOf(stoppedBy(settings, stop), origin)),
    async resolve(mirror, ref, stop) {
      const within = stoppedBy(settings, stop)
      const own = await freshHere(within, mirror)
      const known = await resolve(settings, own, ref)
      if (known !== null || ref === null || !/^[\da-f]{40,64}$/.test(ref)) return known
      return (await fetchCommit(within, own, ref)) ? await resolve(settings, own, ref) : null
    },
    mergeBase: async (mirror, a, b) => mergeBase(settings, await at(mirror, a), [a, b]),
    checkout: async (mirror, sha, runId) =>
      checkout(settings, await at(mirror, sha), { sha, runId }),
    omitted: async (mirror, sha) => omitted(settings, await at(mirror, sha), sha),
    uncommitted: async (mirror, sha, runId) =>
      uncommitted(settings, await at(mirror, sha), { sha, runId }),
    async read(mirror, sha, path) {
      const own = await at(mirror, sha)
      const [entry] = await entriesOf(settings, own, { sha, paths: [path] })
      const plain = entry?.path === path && entry.mode.startsWith('100')
      return plain ? textOf(settings, own, entry.object) : null
    },
    async list(mirror, sha, folder) {
      const entries = await entriesOf(settings, await at(mirror, sha), { sha, paths: [folder] })
      const plain = entries.filter(({ mode }) => mode.startsWith('100'))
      return plain.map(({ path }) => path).filter((path) => posix.dirname(path) === folder)
    },
    commit: async (commit) =>
      writeCommit(settings, { ...commit, mirror: await at(commit.mirror, commit.parent) }),
    diff: async (mirror, sha, patch) => diff(settings, await at(mirror, sha), { sha, patch }),
    deliver: (mirror, branch, { from, stop }) =>
      bring(stoppedBy(settings, stop), mirror, { branch, from }),
    changed: async (mirror, from, to) => changedPaths(settings, await at(mirror, to), { from, to }),
    landed: async (mirror, sha, most) => landedUpTo(settings, await at(mirror, sha), { sha, most }),
    reversal: async (mirror, of) => reversal(settings, await at(mirror, of.onto), of),
    applyTo: (mirror, sha, patch) => applyTo(settings, mirror, { sha, patch }),
    release: (runId) => release(settings.home, runId),
  }
}

function stoppedBy(settings: GitSettings, stop: AbortSignal | undefined): GitSettings {
  return stop === undefined ? settings : { ...settings, stop }
}

async function bring(
  settings: GitSettings,
  mirror: Mirror,
  what: Parameters<typeof deliver>[2],
): Promise<'delivered' | 'moved'> {
  return await deliver(settings, await here(settings, mirror), what)
}
