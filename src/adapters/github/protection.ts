import type { ProtectionRules } from '#ports/protection.ts'

import { type ClientFor, named, statusOf } from './client.ts'

/** A protection rule of ours, as GitHub asks for it. The address that a webhook names is never called. */
export function githubProtection(clientFor: ClientFor): ProtectionRules {
  return {
    async commitOf(repository, run_id) {
      const client = await clientFor(repository, { actions: 'read' })
      try {
        const { data } = await client.rest.actions.getWorkflowRun({ ...named(repository), run_id })
        return data.head_sha
      } catch (error) {
        if (statusOf(error) === 404) return null
        throw error
      }
    },
    async changeAt(repository, commit_sha) {
      const rights = { pull_requests: 'read', contents: 'read' } as const
      const client = await clientFor(repository, rights)
      const place = { ...named(repository), commit_sha }
      const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit(place)
      const merged = data.find((one) => one.merged_at && one.merge_commit_sha === commit_sha)
      const open = data.find(({ state, head }) => state === 'open' && head.sha === commit_sha)
      return (merged ?? open)?.number ?? null
    },
    async say({ repository, run: run_id, environment: environment_name }, { state, comment }) {
      const client = await clientFor(repository, { deployments: 'write' })
      const place = { ...named(repository), run_id, environment_name }
      const word = state === null ? { comment } : { state, comment }
      try {
        await client.request(
          'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule',
          { ...place, ...word },
        )
      } catch (error) {
        // Answered already, or the run is over: there is nobody left to hear it.
        if (statusOf(error) !== 422 && statusOf(error) !== 404) throw error
      }
    },
  }
}
