import { createHash } from 'node:crypto'

import type { OpenedBefore, PullRequests } from '#ports/hosting.ts'

import { type ClientFor, named, type WhoWeAre } from './client.ts'

const supersededLabel = 'superseded'

/** What we proposed before, read off GitHub itself: who closed what is known there and nowhere else. */
export function githubOwnPullRequests(
  clientFor: ClientFor,
  whoWeAre: WhoWeAre,
): Pick<PullRequests, 'ours' | 'supersede'> {
  return {
    async ours(repository, failure) {
      const { login } = await whoWeAre()
      const client = await clientFor(repository, { pull_requests: 'read' })
      const { data } = await client.rest.pulls.list({
        ...named(repository),
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 100,
      })
      return data
        .filter(({ user }) => user?.login === login)
        .map((pull) => openedBefore(pull, markOf(failure)))
    },
    async supersede(repository, number, by) {
      const client = await clientFor(repository, { pull_requests: 'write', issues: 'write' })
      const place = { ...named(repository), issue_number: number }
      await client.rest.issues.addLabels({ ...place, labels: [supersededLabel] })
      const body = `Superseded by #${by}.`
      const at = { ...named(repository), pull_number: number }
      await client.rest.pulls.update({ ...at, state: 'closed', body })
    },
  }
}

/** Stands at the end of a pull request's body, and says which failure it is for. */
export function markOf(failure: string): string {
  const hash = createHash('sha256').update(failure).digest('hex').slice(0, 32)
  return `<!-- goalkeeper failure ${hash} -->`
}

function openedBefore(
  pull: {
    readonly number: number
    readonly state: string
    readonly merged_at?: string | null
    readonly created_at: string
    readonly body: string | null
    readonly base: { readonly ref: string }
    readonly labels: readonly { readonly name?: string }[]
  },
  mark: string,
): OpenedBefore {
  const isMerged = typeof pull.merged_at === 'string'
  return {
    number: pull.number,
    state: isMerged ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
    base: pull.base.ref,
    createdAt: new Date(pull.created_at),
    isSameFailure: pull.body?.includes(mark) ?? false,
    isSuperseded: pull.labels.some(({ name }) => name === supersededLabel),
  }
}
