import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { type GateWorld, openGateWorld } from './support/gate-world.ts'
import type { Shop } from './support/github/shop.ts'

const rules = `environments:
  production: {}
`

let world: GateWorld
let shop: Shop
let number: number
let head: string

beforeEach(async () => {
  world = await openGateWorld(rules)
  ;({ shop, number, head } = world)
})
afterEach(() => world.close())

const say = (body: string, by?: 'maria' | 'stranger') => world.say(body, by)
const heed = () => world.heed()
const gate = (ref = head) => world.gate(ref)
const answers = () => world.answers()

const waits = ['action_required: Waits for approval']

test('the gate is on a pull request from when it is opened, and closed', async () => {
  expect(await gate()).toEqual(waits)
})

describe('somebody who may', () => {
  test('opens it with the commit, once, and everybody reads it', async () => {
    await say(`/approve-deploy production ${head.slice(0, 9)}`)
    expect(await gate()).toEqual(['success: Approved'])
    expect(await answers()).toEqual([expect.stringContaining('approved by maria until')])
  })

  test('closes it again, and opens it after that', async () => {
    await say(`/approve-deploy production ${head}`)
    await say('/reject-deploy -- not on a Friday')
    expect(await gate()).toEqual(['failure: Rejected'])
    expect((await answers()).join('')).toContain('rejected by maria: not on a Friday')
  })

  test('opens it by a review of the commit', async () => {
    const review = { ...shop.at, pull_number: number, event: 'COMMENT' as const }
    await shop.maria.octokit.rest.pulls.createReview({ ...review, body: '/approve-deploy' })
    await heed()
    expect(await gate()).toEqual(['success: Approved'])
  })

  test('does not open it by what they make of a comment later', async () => {
    const comment_id = await say('Looks good.')
    await shop.maria.octokit.rest.issues.updateComment({
      ...shop.at,
      comment_id,
      body: `/approve-deploy production ${head}`,
    })
    await heed()
    expect(await gate()).toEqual(waits)
  })

  test('is told where the commit is another', async () => {
    await say('/approve-deploy production fffffff')
    expect(await gate()).toEqual(waits)
    expect((await answers()).join('')).toContain('This is not the commit')
  })
})

test('who opened the pull request does not open the gate', async () => {
  await say(`/approve-deploy production ${head}`, 'stranger')
  expect(await gate()).toEqual(waits)
  expect((await answers()).join('')).toContain('their own pull request')
})

test('who pushed last does not open the gate, whoever the commits name', async () => {
  const moved = await shop.maria.checkout.push('topic', { 'c.txt': 'c\n' })
  await heed()
  await say(`/approve-deploy production ${moved}`)
  expect(await gate(moved)).toEqual(waits)
  expect((await answers()).join('')).toContain('what they pushed themselves')
})

test('a push closes it, and it stays closed when the approved commit comes back', async () => {
  await say(`/approve-deploy production ${head}`)
  const moved = await shop.stranger.checkout.push('topic', { 'c.txt': 'c\n' })
  await heed()
  expect(await gate(moved)).toEqual(waits)
  await shop.stranger.checkout.git(
    'push',
    '--quiet',
    '--force',
    'origin',
    `${head}:refs/heads/topic`,
  )
  await heed()
  expect(await gate()).toEqual(waits)
})

test('a commit with the very same files stays approved', async () => {
  await say(`/approve-deploy production ${head}`)
  const { git, push } = shop.stranger.checkout
  await git('fetch', '--quiet', 'origin')
  const same = await push('topic', {}, head)
  await heed()
  expect(same).not.toBe(head)
  expect(await gate(same)).toEqual(['success: Approved'])
})

test('an approval that somebody else edits is taken back, in the open', async () => {
  const comment_id = await say(`/approve-deploy production ${head}`)
  await shop.stranger.octokit.rest.issues.updateComment({ ...shop.at, comment_id, body: 'ok' })
  await heed()
  expect(await gate()).toEqual(['failure: An approval was changed by somebody else'])
})

test('an approval ends with its time, and nobody has to say anything', async () => {
  await say(`/approve-deploy production ${head}`)
  await world.lookLater(23 * 60)
  expect(await gate()).toEqual(['success: Approved'])
  await world.lookLater(24 * 60)
  expect(await gate()).toEqual(waits)
})

test('a gate is closed as long as a label says so, and as the rules cannot be read', async () => {
  await say(`/approve-deploy production ${head}`)
  const { issues } = shop.maria.octokit.rest
  await issues.addLabels({ ...shop.at, issue_number: number, labels: ['do-not-deploy'] })
  await heed()
  expect(await gate()).toEqual(['action_required: Approved, but not ready'])
  await issues.removeLabel({ ...shop.at, issue_number: number, name: 'do-not-deploy' })
  await heed()
  expect(await gate()).toEqual(['success: Approved'])
  await shop.maria.checkout.push('main', { '.github/goalkeeper.yml': 'environments: 3\n' })
  await world.lookLater(10)
  expect(await gate()).toEqual(['action_required: The configuration is wrong'])
})

test('an approval ends with the role of who gave it', async () => {
  await say(`/approve-deploy production ${head}`)
  shop.repository.collaborators.set('maria', 'read')
  await say('/status', 'stranger')
  expect((await answers()).join('')).toContain('needs 1 approval')
})

test('a changed rule on the branch of the pull request rules nothing', async () => {
  const wide = `${rules}  staging: {}\n`
  const moved = await shop.stranger.checkout.push('topic', { '.github/goalkeeper.yml': wide })
  await heed()
  await say(`/approve-deploy staging ${moved}`)
  expect((await answers()).join('')).toContain('which environment? There is `production`')
})
