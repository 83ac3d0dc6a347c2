import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { NewPullRequest, PullRequest, PullRequests } from '#ports/hosting.ts'

import { type ClientFor, named, type WhoWeAre } from './client.ts'
import { shownOnce } from './once.ts'
import { githubOwnPullRequests } from './own-pull-requests.ts'
import { githubPullRequestHeads } from './pull-request-heads.ts'
import { githubSuggestions } from './suggestions.ts'

/** Pull requests of branches of ours: one for each branch, advanced in place. */
export function githubPullRequests(clientFor: ClientFor, whoWeAre: WhoWeAre): PullRequests {
  return {
    ...githubPullRequestHeads(clientFor),
    ...githubOwnPullRequests(clientFor, whoWeAre),
    ...githubSuggestions(clientFor, whoWeAre),
    async open(repository, wanted) {
      const client = await clientFor(repository, { pull_requests: 'write', issues: 'write' })
      const { head, title, body, labels } = wanted
      const opened = await shownOnce(
        () => oneOf(client, repository, head),
        () => create(client, repository, wanted),
        ({ number: pull_number }) =>
          client.rest.pulls.update({ ...named(repository), pull_number, title, body }),
      )
      await client.rest.issues.addLabels({
        ...named(repository),
        issue_number: opened.number,
        labels: [...labels],
      })
      return opened
    },
    async look(repository, number) {
      const client = await clientFor(repository, { pull_requests: 'read' })
      const place = { ...named(repository), pull_number: number }
      return pullRequestFrom((await client.rest.pulls.get(place)).data)
    },
    async advance(repository, number, { body, labels }) {
      const client = await clientFor(repository, { pull_requests: 'write', issues: 'write' })
      await client.rest.pulls.update({ ...named(repository), pull_number: number, body })
      const at = { ...named(repository), issue_number: number }
      await client.rest.issues.addLabels({ ...at, labels: [...labels] })
    },
    async markReady(repository, number) {
      const client = await clientFor(repository, { pull_requests: 'write' })
      const place = { ...named(repository), pull_number: number }
      const { data } = await client.rest.pulls.get(place)
      if (data.draft === true && data.state === 'open') await ready(client, data.node_id)
    },
  }
}

/** One that somebody closed counts too: a second one for the same branch would be the same again. */
async function oneOf(
  client: Octokit,
  repository: HostedRepository,
  head: string,
): Promise<PullRequest | null> {
  const { data } = await client.rest.pulls.list({
    ...named(repository),
    head: `${repository.owner}:${head}`,
    state: 'all',
    per_page: 1,
  })
  return data[0] === undefined ? null : pullRequestFrom(data[0])
}

async function create(
  client: Octokit,
  repository: HostedRepository,
  of: NewPullRequest,
): Promise<PullRequest> {
  const { head, base, title, body } = of
  const wanted = { ...named(repository), head, base, title, body }
  try {
    return pullRequestFrom((await client.rest.pulls.create({ ...wanted, draft: true })).data)
  } catch (error) {
    // Some plans have no drafts; GitHub says so and has done nothing.
    if (!/draft pull requests are not supported/i.test(String(error))) throw error
    return pullRequestFrom((await client.rest.pulls.create(wanted)).data)
  }
}

/** Only GraphQL can do this. */
async function ready(client: Octokit, id: string): Promise<void> {
  await client.graphql(
    `mutation ($id: ID!) {
      markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
    }`,
    { id },
  )
}

function pullRequestFrom(data: {
  readonly number: number
  readonly html_url: string
  readonly state: string
  readonly merged_at?: string | null
  readonly draft?: boolean
  readonly head: { readonly sha: string }
}): PullRequest {
  const isMerged = typeof data.merged_at === 'string'
  return {
    number: data.number,
    url: data.html_url,
    state: isMerged ? 'merged' : data.state === 'open' ? 'open' : 'closed',
    headSha: data.head.sha,
    isDraft: data.draft === true,
  }
}
