import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Comments } from '#ports/hosting.ts'

import { type ClientFor, named, type WhoWeAre } from './client.ts'
import { shownOnce } from './once.ts'

/** One comment of ours per marker. A marker that somebody else wrote is not ours, and is left alone. */
export function githubComments(clientFor: ClientFor, whoWeAre: WhoWeAre): Comments {
  return {
    async show(repository, at) {
      const client = await clientFor(repository, { issues: 'write', pull_requests: 'write' })
      const { body } = at
      const { login } = await whoWeAre()
      await shownOnce(
        () => find(client, repository, { ...at, login }),
        () => create(client, repository, at),
        (comment_id) =>
          client.rest.issues.updateComment({ ...named(repository), comment_id, body }),
      )
    },
    async acknowledge(repository, { issue, comment }) {
      const client = await clientFor(repository, { issues: 'write', pull_requests: 'write' })
      const content = 'eyes'
      // The same reaction of the same user again is answered with the one that is there.
      if (comment === null)
        await client.rest.reactions.createForIssue({
          ...named(repository),
          issue_number: issue,
          content,
        })
      else
        await client.rest.reactions.createForIssueComment({
          ...named(repository),
          comment_id: comment,
          content,
        })
    },
  }
}

async function find(
  client: Octokit,
  repository: HostedRepository,
  at: { readonly issue: number; readonly marker: string; readonly login: string },
): Promise<number | null> {
  const comments = await client.paginate(client.rest.issues.listComments, {
    ...named(repository),
    issue_number: at.issue,
    per_page: 100,
  })
  const ours = comments.filter(({ user }) => user?.login === at.login)
  return ours.find(({ body }) => body?.startsWith(at.marker) === true)?.id ?? null
}

async function create(
  client: Octokit,
  repository: HostedRepository,
  { issue, body }: { readonly issue: number; readonly body: string },
): Promise<number> {
  const wanted = { ...named(repository), issue_number: issue, body }
  const { data } = await client.rest.issues.createComment(wanted)
  return data.id
}
