import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { githubClients, identify } from '#adapters/github/clients.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import { translate } from '#webhooks/translate.ts'

import { handled } from '../src/app-handlers.ts'
import { hubHandlers } from '../src/app-hub.ts'
import { type Mailbox, openMailbox } from './support/github/mailbox.ts'
import { openShop, type Shop } from './support/github/shop.ts'
import { memoryLedger } from './support/ledger-world.ts'

const rules = `environments:
  production: {}
`
const events = ['issue_comment', 'pull_request', 'pull_request_review', 'check_run']

let shop: Shop
let box: Mailbox
let heed: () => Promise<readonly string[]>
let number: number
let head: string

/** A shop with a gate before production, and a pull request of `ann` that a developer opened. */
beforeEach(async () => {
  box = await openMailbox()
  const webhook = { url: box.url, secret: 's' }
  const files = { '.github/goalkeeper.yml': rules, 'a.txt': 'a\n' }
  shop = await openShop({ events, webhook, files })
  const { keeper, github, repository } = shop
  repository.collaborators.set('stranger', 'write')
  const clients = githubClients({
    appId: keeper.app.id,
    privateKey: keeper.privateKey,
    apiUrl: github.api,
  })
  const handlers = hubHandlers({
    engine: { start: async () => undefined, signal: async () => undefined },
    ...memoryLedger().ledger,
    hosting: githubHosting(clients.clientFor, () => identify(clients.app)),
    startedBy: () => [],
    enabled: true,
    shadow: false,
    webUrl: github.url,
  })
  const us = { appId: keeper.app.id, login: keeper.app.bot.login }
  let read = 0
  heed = async () => {
    await github.settled()
    const notes: string[] = []
    for (; read < box.letters.length; read++) {
      const { event, guid, body } = box.letters[read] ?? {}
      const heard = translate({
        id: guid ?? '',
        name: event ?? '',
        us,
        payload: JSON.parse(body ?? ''),
      })
      if (heard.kind === 'events')
        for (const one of heard.events) notes.push(await handled(one, handlers))
      await github.settled()
    }
    return notes
  }
  head = await shop.stranger.checkout.push('topic', { 'b.txt': 'b\n' }, shop.first)
  const of = { ...shop.at, head: 'topic', base: 'main', title: 'Faster' }
  const { data } = await shop.stranger.octokit.rest.pulls.create(of)
  number = data.number
  await heed()
})
afterEach(async () => {
  await shop.close()
  await box.close()
})

async function say(body: string, by: 'maria' | 'stranger' = 'maria'): Promise<number> {
  const { issues } = shop[by].octokit.rest
  const { data } = await issues.createComment({ ...shop.at, issue_number: number, body })
  await heed()
  return data.id
}

async function gate(ref = head) {
  const { data } = await shop.octokit.rest.checks.listForRef({ ...shop.at, ref })
  return data.check_runs
    .filter(({ name }) => name === 'goalkeeper / deploy')
    .map(({ conclusion, output }) => `${conclusion}: ${output.title}`)
}

async function answers(): Promise<string[]> {
  const { data } = await shop.octokit.rest.issues.listComments({ ...shop.at, issue_number: number })
  return data.filter(({ user }) => user?.type === 'Bot').map(({ body }) => body ?? '')
}

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
