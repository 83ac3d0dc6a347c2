import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Mailbox, openMailbox } from './mailbox.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
let mailbox: Mailbox

beforeAll(async () => {
  mailbox = await openMailbox()
  const webhook = { url: mailbox.url, secret: 'a secret' }
  shop = await openShop({ webhook, events: ['deployment', 'deployment_status'] })
})

afterAll(async () => {
  await shop.close()
  await mailbox.close()
})

interface Wanted {
  readonly ref?: string
  readonly environment?: string
  readonly required_contexts?: string[]
}

async function create(of: Wanted = {}): Promise<number> {
  const wanted = { ...shop.at, ref: shop.first, required_contexts: [], ...of }
  const { data } = await shop.octokit.rest.repos.createDeployment(wanted)
  return 'id' in data ? data.id : 0
}

async function report(id: number, state: 'success' | 'failure' | 'inactive'): Promise<void> {
  const one = { ...shop.at, deployment_id: id, state }
  await shop.octokit.rest.repos.createDeploymentStatus(one)
}

async function statesOf(id: number): Promise<readonly string[]> {
  const one = { ...shop.at, deployment_id: id }
  const { data } = await shop.octokit.rest.repos.listDeploymentStatuses(one)
  return data.map(({ state }) => state)
}

describe('a deployment', () => {
  test('is refused where a context is not green, unless none is required', async () => {
    const { repos } = shop.octokit.rest
    await repos.createCommitStatus({ ...shop.at, sha: shop.first, state: 'failure' })
    const asked = { ...shop.at, ref: shop.first }

    await expect(repos.createDeployment(asked)).rejects.toMatchObject({ status: 409 })
    await expect(create({ required_contexts: ['never told'] })).rejects.toMatchObject({
      status: 409,
    })
    expect(await create()).toBeGreaterThan(0)
  })

  test('of a branch that is behind merges the default branch first, and deploys nothing that time', async () => {
    const { checkout } = shop.maria
    await checkout.push('topic', { 'a.txt': 'a\n' }, shop.first)
    await checkout.push('main', { 'b.txt': 'b\n' })

    const before = shop.repository.deployments.length
    expect(await create({ ref: 'topic' })).toBe(0)
    expect(shop.repository.deployments).toHaveLength(before)
    expect(await create({ ref: 'topic' })).toBeGreaterThan(0)
  })

  test('of a branch that conflicts with the default branch is refused', async () => {
    const { checkout } = shop.maria
    await checkout.push('another', { 'c.txt': 'a\n' }, shop.first)
    await checkout.push('main', { 'c.txt': 'b\n' })

    await expect(create({ ref: 'another' })).rejects.toMatchObject({ status: 409 })
  })

  test.each([
    ['of production stays as it is', 'production', ['success']],
    ['of another environment is put to rest', 'staging', ['inactive', 'success']],
  ])('that succeeded %s when a younger one does', async (_which, environment, states) => {
    const [older, younger] = [await create({ environment }), await create({ environment })]
    await report(older, 'success')
    await report(younger, 'success')

    expect(await statesOf(older)).toEqual(states)
    expect(await statesOf(younger)).toEqual(['success'])
  })
})

test('who listens is told of a deployment and of each status but that it is at rest', async () => {
  await shop.github.settled()
  const before = mailbox.letters.length
  const id = await create()
  await report(id, 'failure')
  await report(id, 'inactive')
  await shop.github.settled()

  expect(mailbox.letters.slice(before).map(({ event, action }) => `${event}.${action}`)).toEqual([
    'deployment.created',
    'deployment_status.created',
  ])
})
