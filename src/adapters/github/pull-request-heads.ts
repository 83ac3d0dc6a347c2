import type { PullRequestHead, PullRequests } from '#ports/hosting.ts'

import { type ClientFor, named } from './client.ts'

/** Where the heads of pull requests stand. */
export function githubPullRequestHeads(
  clientFor: ClientFor,
): Pick<PullRequests, 'head' | 'atHead'> {
  return {
    async head(repository, number) {
      const client = await clientFor(repository, { pull_requests: 'read' })
      const place = { ...named(repository), pull_number: number }
      return headFrom((await client.rest.pulls.get(place)).data)
    },
    async atHead(repository, sha) {
      const client = await clientFor(repository, { pull_requests: 'read' })
      const place = { ...named(repository), state: 'open' as const, per_page: 100 }
      const open = await client.paginate(client.rest.pulls.list, place)
      const found = open.find(({ head }) => head.sha === sha)
      return found === undefined ? null : headFrom(found)
    },
  }
}

function headFrom(data: {
  readonly number: number
  readonly head: {
    readonly sha: string
    readonly ref: string
    readonly repo: { readonly id: number } | null
  }
  readonly base: { readonly ref: string; readonly repo: { readonly id: number } }
}): PullRequestHead {
  const { number, head, base } = data
  const isFork = head.repo?.id !== base.repo.id
  return { number, sha: head.sha, branch: head.ref, base: base.ref, isFork }
}
