import { Octokit } from '@octokit/rest'
import nock from 'nock'
import { beforeEach, expect, test } from 'vitest'

import { githubProtection } from '#adapters/github/protection.ts'
import { githubVariables } from '#adapters/github/variables.ts'

import { nocked } from '../../support/nocked.ts'

const api = 'https://api.github.example'
const repository = { installation: 7, id: 11, owner: 'octo', name: 'kiosk' }
const rights: unknown[] = []
const clientFor = (_repository: unknown, wanted: unknown) => {
  rights.push(wanted)
  return Promise.resolve(new Octokit({ baseUrl: api }))
}
const rule = '/repos/octo/kiosk/actions/runs/81/deployment_protection_rule'
const wait = { repository, run: 81, environment: 'Production' }
const { say, commitOf, changeAt } = githubProtection(clientFor)

nocked()
beforeEach(() => {
  rights.length = 0
})

test('a report has no state, a word has one, and both the name as GitHub has it', async () => {
  const bodies: unknown[] = []
  const keep = (body: unknown): boolean => bodies.push(body) > 0
  nock(api).post(rule, keep).twice().reply(204)
  await say(wait, { state: null, comment: 'It needs approval.' })
  await say(wait, { state: 'approved', comment: 'Approved by maria.' })
  expect(bodies).toEqual([
    { environment_name: 'Production', comment: 'It needs approval.' },
    { environment_name: 'Production', state: 'approved', comment: 'Approved by maria.' },
  ])
  expect(rights).toEqual([{ deployments: 'write' }, { deployments: 'write' }])
})

test.each([
  [422, 'nobody is left to hear it'],
  [404, 'nobody is left to hear it'],
  [403, 'an error'],
])('where GitHub answers %i: %s', async (status, expected) => {
  nock(api).post(rule).reply(status, {})
  const said = await say(wait, { state: 'rejected', comment: 'No.' }).then(
    () => 'nobody is left to hear it',
    () => 'an error',
  )
  expect(said).toBe(expected)
})

test('a commit is that of the run, and of the pull request whose head or merge it is', async () => {
  nock(api).get('/repos/octo/kiosk/actions/runs/81').reply(200, { head_sha: 'a1' })
  nock(api).get('/repos/octo/kiosk/actions/runs/82').reply(404, {})
  expect([await commitOf(repository, 81), await commitOf(repository, 82)]).toEqual(['a1', null])
  const pulls = [
    { number: 3, state: 'open', merged_at: null, merge_commit_sha: 'a1', head: { sha: 'b2' } },
    { number: 4, state: 'closed', merged_at: 'x', merge_commit_sha: 'a1', head: { sha: 'c3' } },
    { number: 5, state: 'open', merged_at: null, merge_commit_sha: 'x', head: { sha: 'd4' } },
  ]
  for (const sha of ['a1', 'd4', 'b9'])
    nock(api).get(`/repos/octo/kiosk/commits/${sha}/pulls`).reply(200, pulls)
  const found = [
    await changeAt(repository, 'a1'),
    await changeAt(repository, 'd4'),
    await changeAt(repository, 'b9'),
  ]
  expect(found).toEqual([4, 5, null])
})

const said = { name: 'GOALKEEPER_ENABLED', value: 'false' }
const variable = '/repos/octo/kiosk/actions/variables/GOALKEEPER_ENABLED'

test.each([
  [200, said, 'false'],
  [404, { message: 'Not Found' }, null],
  [403, { message: 'Resource not accessible by integration' }, null],
])('a variable is what it says, or nothing: %i', async (status, body, expected) => {
  nock(api).get(variable).reply(status, body)
  expect(await githubVariables(clientFor).read(repository, 'GOALKEEPER_ENABLED')).toBe(expected)
})

test('a variable that GitHub does not let us read for now is not taken for nothing', async () => {
  nock(api).get(variable).reply(403, { message: 'API rate limit exceeded for installation.' })
  const asked = githubVariables(clientFor).read(repository, 'GOALKEEPER_ENABLED')
  await expect(asked).rejects.toThrow('rate limit')
})
