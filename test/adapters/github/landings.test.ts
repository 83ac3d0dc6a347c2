import { Octokit } from '@octokit/rest'
import nock from 'nock'
import { describe, expect, test } from 'vitest'

import { githubLandings } from '#adapters/github/landings.ts'

import { nocked } from '../../support/nocked.ts'

const api = 'https://api.github.example'
const repository = { installation: 7, id: 11, owner: 'octo', name: 'kiosk' }
const landings = githubLandings(async () => new Octokit({ baseUrl: api }))
const pull = { state: 'open', merged: false, draft: false, head: { sha: 'r1' } }

nocked()

test.each([
  ['clean', 'takes'],
  ['has_hooks', 'takes'],
  ['unstable', 'takes'],
  ['blocked', 'protected'],
  ['behind', 'behind'],
  ['dirty', 'conflict'],
  ['draft', 'unknown'],
  ['unknown', 'unknown'],
  ['something new', 'unknown'],
])('a pull request that GitHub calls %s: its branch %s', async (state, branch) => {
  nock(api)
    .get('/repos/octo/kiosk/pulls/9')
    .reply(200, { ...pull, mergeable_state: state })
  expect(await landings.look(repository, 9)).toEqual({
    state: 'open',
    headSha: 'r1',
    isDraft: false,
    branch,
  })
})

const allowing = (allowed: Record<string, boolean>) =>
  nock(api).get('/repos/octo/kiosk').reply(200, allowed)

describe('a merge', () => {
  test.each([
    ['merge', {}],
    ['squash', { allow_merge_commit: false }],
    ['rebase', { allow_merge_commit: false, allow_squash_merge: false }],
  ])('is by %s where the repository says %j, and names the commit', async (method, allowed) => {
    const bodies: unknown[] = []
    allowing(allowed)
    nock(api)
      .put('/repos/octo/kiosk/pulls/9/merge', (body: unknown) => bodies.push(body) > 0)
      .reply(200, { merged: true, sha: 'm1' })
    expect(await landings.merge(repository, 9, 'r1')).toEqual({ kind: 'merged' })
    expect(bodies).toEqual([{ sha: 'r1', merge_method: method }])
  })

  test.each([
    [405, 'At least 1 approving review is required.'],
    [409, 'Head branch was modified.'],
    [403, 'Resource not accessible by integration'],
    [422, 'Validation failed'],
  ])('that GitHub answers with %i is none, for what it says', async (status, message) => {
    allowing({})
    nock(api).put('/repos/octo/kiosk/pulls/9/merge').reply(status, { message })
    expect(await landings.merge(repository, 9, 'r1')).toMatchObject({
      kind: 'refused',
      detail: expect.stringContaining(message),
    })
  })

  test('that GitHub has no answer for is tried again by whoever asked', async () => {
    allowing({})
    nock(api).put('/repos/octo/kiosk/pulls/9/merge').reply(502)
    await expect(landings.merge(repository, 9, 'r1')).rejects.toMatchObject({ status: 502 })
  })
})
