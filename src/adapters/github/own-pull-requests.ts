import type { HostedRepository } from '#domain/hosted.ts'
import type { OpenedBefore, OwnPullRequest, PullRequests } from '#ports/hosting.ts'

import { type ClientFor, named, type WhoWeAre } from './client.ts'
import { takeBranchAway } from './left-branches.ts'

const supersededLabel = 'superseded'

/** What we proposed before, read off GitHub itself: who closed what is known there and nowhere else. */
export function githubOwnPullRequests(
  clientFor: ClientFor,
  whoWeAre: WhoWeAre,
): Pick<PullRequests, 'ours' | 'supersede' | 'close' | 'forsake'> {
  return {
    async ours(repository) {
      const { login } = await whoWeAre()
      const client = await clientFor(repository, { pull_requests: 'read' })
      const { data } = await client.rest.pulls.list({
        ...named(repository),
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 100,
      })
      return data.filter(({ user }) => user?.login === login).map(openedBefore)
    },
    async supersede(repository, one, by) {
      const client = await clientFor(repository, { pull_requests: 'write', issues: 'write' })
      const place = { ...named(repository), issue_number: one.number }
      await client.rest.issues.addLabels({ ...place, labels: [supersededLabel] })
      const body = `Superseded by #${by}.`
      await client.rest.pulls.update({ ...named(repository), pull_number: one.number, body })
      await close({ clientFor, whoWeAre }, repository, one)
    },
    close: (repository, one) => close({ clientFor, whoWeAre }, repository, one),
    async forsake(repository, left) {
      const client = await clientFor(repository, { pull_requests: 'read' })
      const head = `${repository.owner}:${left.branch}`
      const place = { ...named(repository), head, state: 'all' as const, per_page: 1 }
      const isProposed = (await client.rest.pulls.list(place)).data.length > 0
      if (!isProposed) await takeBranchAway(clientFor, repository, left)
    },
  }
}

interface Parts {
  readonly clientFor: ClientFor
  readonly whoWeAre: WhoWeAre
}

/** GitHub knows who closed it: stopped before the branch is gone, we find that it was us and go on. */
async function close(
  { clientFor, whoWeAre }: Parts,
  repository: HostedRepository,
  { number, left }: OwnPullRequest,
): Promise<void> {
  const { login } = await whoWeAre()
  const client = await clientFor(repository, { pull_requests: 'write' })
  const at = { ...named(repository), issue_number: number }
  const { data } = await client.rest.issues.get(at)
  if (data.state === 'open')
    await client.rest.pulls.update({ ...named(repository), pull_number: number, state: 'closed' })
  const isOurs = data.state === 'open' || data.closed_by?.login === login
  if (isOurs && left !== null) await takeBranchAway(clientFor, repository, left)
}

function openedBefore(pull: {
  readonly number: number
  readonly state: string
  readonly merged_at?: string | null
  readonly created_at: string
  readonly base: { readonly ref: string }
}): OpenedBefore {
  const isMerged = typeof pull.merged_at === 'string'
  return {
    number: pull.number,
    state: isMerged ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
    base: pull.base.ref,
    createdAt: new Date(pull.created_at),
  }
}
