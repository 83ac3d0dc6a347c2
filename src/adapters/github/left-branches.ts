import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import { ownBranches } from '#domain/own-branch.ts'
import type { OwnBranch } from '#ports/proposals.ts'

import { type ClientFor, named, statusOf } from './client.ts'

/**
 * Deletes a branch of ours that still stands where we left it. One that somebody pushed to, protected or builds on stays:
 * a pull request for it would be closed with it.
 */
export async function takeBranchAway(
  clientFor: ClientFor,
  repository: HostedRepository,
  left: OwnBranch,
): Promise<void> {
  if (!left.branch.startsWith(ownBranches)) return
  const client = await clientFor(repository, { contents: 'write', pull_requests: 'read' })
  if (!(await isAsWeLeftIt(client, repository, left))) return
  const place = { ...named(repository), base: left.branch, state: 'open' as const, per_page: 1 }
  if ((await client.rest.pulls.list(place)).data.length > 0) return
  try {
    await remove(client, repository, left)
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}

/** Somebody was faster, or a rule of theirs keeps branches: nothing was done, and it stays. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'GraphqlResponseError'
}

async function isAsWeLeftIt(
  client: Octokit,
  repository: HostedRepository,
  { branch, headSha }: OwnBranch,
): Promise<boolean> {
  try {
    const { data } = await client.rest.repos.getBranch({ ...named(repository), branch })
    return data.commit.sha === headSha && !data.protected
  } catch (error) {
    if (statusOf(error) === 404) return false
    throw error
  }
}

/** Only GraphQL deletes a branch on the condition that it stands at this commit. */
async function remove(
  client: Octokit,
  repository: HostedRepository,
  { branch, headSha: beforeOid }: OwnBranch,
): Promise<void> {
  const { data } = await client.rest.repos.get(named(repository))
  if (data.default_branch === branch) return
  const afterOid = '0'.repeat(40)
  await client.graphql(
    `mutation ($id: ID!, $updates: [RefUpdate!]!) {
      updateRefs(input: { repositoryId: $id, refUpdates: $updates }) { clientMutationId }
    }`,
    { id: data.node_id, updates: [{ name: `refs/heads/${branch}`, beforeOid, afterOid }] },
  )
}
