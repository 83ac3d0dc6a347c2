import { Octokit } from '@octokit/rest'
import { expect, test } from 'vitest'

import { githubPullRequestHeads } from '#adapters/github/pull-request-heads.ts'

const sha = 'b'.repeat(40)
const repository = { installation: 7, id: 11, owner: 'octo', name: 'kiosk' }

/** A pull request whose head lives there, as GitHub answers. */
function headsOf(repo: { readonly id: number } | null) {
  const pull = {
    number: 5,
    head: { sha, ref: 'tea', repo },
    base: { ref: 'main', repo: { id: 11 } },
  }
  const fetch = async (url: string): Promise<Response> =>
    Response.json(url.includes('/pulls/5') ? pull : [pull])
  const client = new Octokit({ request: { fetch } })
  return githubPullRequestHeads(() => Promise.resolve(client))
}

test.each([
  ['in the repository itself', { id: 11 }, false],
  ['in a fork', { id: 12 }, true],
  ['in a fork that was deleted since', null, true],
])('a head %s is known with where it stands', async (_where, repo, isFork) => {
  const heads = headsOf(repo)
  const head = { number: 5, sha, branch: 'tea', base: 'main', isFork }
  expect(await heads.head(repository, 5)).toEqual(head)
  expect(await heads.atHead(repository, sha)).toEqual(head)
})
