import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { LandingPull, Landings } from '#ports/landings.ts'

import { type ClientFor, named, statusOf } from './client.ts'

/** GitHub's word for how a pull request stands before its branch. Some checks that are not required may be red. */
const branches: Readonly<Record<string, LandingPull['branch']>> = {
  clean: 'takes',
  has_hooks: 'takes',
  unstable: 'takes',
  blocked: 'protected',
  behind: 'behind',
  dirty: 'conflict',
}

/**
 * Merges through GitHub's own door. An App that may pass by the protection of a branch would be let through it: so
 * nothing is merged of which GitHub does not say before that nothing is missing.
 */
export function githubLandings(clientFor: ClientFor): Landings {
  return {
    async look(repository, number) {
      const client = await clientFor(repository, { pull_requests: 'read' })
      const { data } = await client.rest.pulls.get({ ...named(repository), pull_number: number })
      return {
        state: data.merged ? 'merged' : data.state,
        headSha: data.head.sha,
        isDraft: data.draft === true,
        branch: branches[data.mergeable_state] ?? 'unknown',
      }
    },
    async merge(repository, number, sha) {
      const rights = { pull_requests: 'write', contents: 'write' } as const
      const client = await clientFor(repository, rights)
      const merge_method = await methodOf(client, repository)
      const of = { ...named(repository), pull_number: number, sha, merge_method }
      try {
        await client.rest.pulls.merge(of)
        return { kind: 'merged' }
      } catch (error) {
        // Not mergeable, another head than the one that was named, or a rule: GitHub says which, and merged nothing.
        if (![403, 405, 409, 422].includes(statusOf(error) ?? 0)) throw error
        return { kind: 'refused', detail: String(error).slice(0, 500) }
      }
    },
  }
}

/** What a repository takes; what keeps the commit as it was checked comes first. */
async function methodOf(
  client: Octokit,
  repository: HostedRepository,
): Promise<'merge' | 'squash' | 'rebase'> {
  const { data } = await client.rest.repos.get(named(repository))
  if (data.allow_merge_commit !== false) return 'merge'
  return data.allow_squash_merge === false ? 'rebase' : 'squash'
}
