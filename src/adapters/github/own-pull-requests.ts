import type { OpenedBefore, PullRequests } from '#ports/hosting.ts'

import { type ClientFor, named, type WhoWeAre } from './client.ts'

const supersededLabel = 'superseded'

/** What we proposed before, read off GitHub itself: who closed what is known there and nowhere else. */
export function githubOwnPullRequests(
  clientFor: ClientFor,
  whoWeAre: WhoWeAre,
): Pick<PullRequests, 'ours' | 'supersede' | 'close'> {
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
    async supersede(repository, number, by) {
      const client = await clientFor(repository, { pull_requests: 'write', issues: 'write' })
      const place = { ...named(repository), issue_number: number }
      await client.rest.issues.addLabels({ ...place, labels: [supersededLabel] })
      const body = `Superseded by #${by}.`
      const at = { ...named(repository), pull_number: number }
      await client.rest.pulls.update({ ...at, state: 'closed', body })
    },
    async close(repository, number) {
      const client = await clientFor(repository, { pull_requests: 'write' })
      const at = { ...named(repository), pull_number: number }
      await client.rest.pulls.update({ ...at, state: 'closed' })
    },
  }
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
