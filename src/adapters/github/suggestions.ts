import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Lines } from '#domain/suggestion.ts'
import type { NewReview, PullRequests } from '#ports/hosting.ts'

import { type ClientFor, named, statusOf, type WhoWeAre } from './client.ts'
import { createdOnce } from './once.ts'

/** Changes suggested on the lines that a pull request shows; whoever may push there takes them or leaves them. */
export function githubSuggestions(
  clientFor: ClientFor,
  whoWeAre: WhoWeAre,
): Pick<PullRequests, 'shownLines' | 'suggest'> {
  return {
    async shownLines(repository, number) {
      const client = await clientFor(repository, { pull_requests: 'read' })
      const place = { ...named(repository), pull_number: number, per_page: 100 }
      const files = await client.paginate(client.rest.pulls.listFiles, place)
      // Of a file that is too large GitHub shows no patch.
      return files.flatMap(({ filename, patch = '' }) => linesShown(filename, patch))
    },
    async suggest(repository, number, review) {
      const { login } = await whoWeAre()
      const client = await clientFor(repository, { pull_requests: 'write' })
      const place = { ...named(repository), pull_number: number }
      try {
        await createdOnce(
          () => find(client, place, { login, marker: review.marker }),
          () => create(client, repository, { number, review }),
        )
        return 'suggested'
      } catch (error) {
        // The head is another one by now, or a line cannot be written on.
        if (statusOf(error) === 422) return 'refused'
        throw error
      }
    },
  }
}

const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm

function linesShown(path: string, patch: string): readonly Lines[] {
  return [...patch.matchAll(hunk)].flatMap(([, start, count = '1']) => {
    const from = Number(start)
    return Number(count) === 0 ? [] : [{ path, from, to: from + Number(count) - 1 }]
  })
}

async function find(
  client: Octokit,
  place: { readonly owner: string; readonly repo: string; readonly pull_number: number },
  { login, marker }: { readonly login: string; readonly marker: string },
): Promise<number | null> {
  const asked = { ...place, per_page: 100 }
  const reviews = await client.paginate(client.rest.pulls.listReviews, asked)
  const ours = reviews.filter(({ user }) => user?.login === login)
  return ours.find(({ body }) => body.startsWith(marker))?.id ?? null
}

async function create(
  client: Octokit,
  repository: HostedRepository,
  { number, review }: { readonly number: number; readonly review: NewReview },
): Promise<number> {
  const { marker, body, headSha, comments } = review
  const { data } = await client.rest.pulls.createReview({
    ...named(repository),
    pull_number: number,
    commit_id: headSha,
    event: 'COMMENT',
    body: `${marker}\n${body}`,
    comments: comments.map(({ path, from, to, body: text }) => ({
      path,
      body: text,
      line: to,
      side: 'RIGHT',
      ...(from < to && { start_line: from, start_side: 'RIGHT' }),
    })),
  })
  return data.id
}
