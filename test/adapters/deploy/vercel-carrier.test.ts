import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { carriedBy } from '#adapters/deploy/carriers.ts'
import { vercelCarrier } from '#adapters/deploy/vercel-carrier.ts'
import type { Carrier, DeployOrder } from '#ports/deployments.ts'

import { deployOrder } from '../../support/deploy-order.ts'
import { openVercel } from '../../support/vercel.ts'

const good = 'a'.repeat(40)
const worse = 'b'.repeat(40)
const token = 'a-token-of-vercel'

let vercel: Awaited<ReturnType<typeof openVercel>>
let now: Date
/** When each order was about to begin. */
let asked: Map<string, Date>

beforeEach(async () => {
  now = new Date('2026-11-29T10:00:00Z')
  asked = new Map()
  vercel = await openVercel({ repoId: 11, now: () => now })
})
afterEach(() => vercel.close())

const pass = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000)
}

const nobody: Carrier = { carry: () => Promise.reject(new Error('Not by a workflow.')) }

/** One look, with the memory that the statuses on GitHub are. */
async function carry(sha: string, of: Partial<DeployOrder> = {}) {
  const key = of.key ?? `run_${sha[0]} ${of.task ?? 'deploy'}`
  const means = { vercel: 'prj_1', team: 'team_1' }
  const order = deployOrder({ sha, means, patienceSeconds: 300, key, ...of })
  const clock = { now: () => now }
  const carrier = vercelCarrier({ url: vercel.url, token, clock, timeoutMs: 1500 })
  return await carriedBy({ workflow: nobody, vercel: carrier, command: null }).carry(order, {
    begunAt: new Date('2026-11-29T10:00:00Z'),
    askedAt: asked.get(key) ?? null,
    trace: null,
    about: async () => void asked.set(key, now),
  })
}

async function live(sha: string): Promise<void> {
  await carry(sha)
  vercel.built('READY')
  expect(await carry(sha)).toMatchObject({ kind: 'live' })
}

describe('a deploy', () => {
  test('builds exactly the commit, once, and is live when production is it', async () => {
    expect(await carry(good)).toMatchObject({
      kind: 'pending',
      trace: 'https://vercel.example/dpl_1',
    })
    expect(await carry(good)).toMatchObject({ kind: 'pending' })
    vercel.built('READY')
    pass(40)
    expect(await carry(good)).toEqual({
      kind: 'live',
      at: now,
      trace: 'https://vercel.example/dpl_1',
    })
    expect(vercel.posts).toEqual(['/v13/deployments'])
    expect(vercel.deployments[0]?.body).toEqual({
      name: 'kiosk',
      project: 'prj_1',
      target: 'production',
      gitSource: { type: 'github', repoId: 11, ref: 'main', sha: good },
      meta: { goalkeeper: 'run_a deploy' },
    })
    expect([...vercel.tokens]).toEqual([`Bearer ${token}`])
  })

  test('that does not build has failed', async () => {
    await carry(good)
    vercel.built('ERROR')
    expect(await carry(good)).toMatchObject({ kind: 'failed', detail: 'ERROR: no reason given' })
  })

  test.each([
    ['a bad gateway', { status: 502, done: true }],
    ['a limit', { status: 429, done: true }],
    ['no answer at all', 'hangs'],
  ] as const)('that began behind %s is found and not begun again', async (_what, fault) => {
    vercel.faults.push(fault)
    await expect(carry(good)).rejects.toThrow(/answered|timeout/)
    pass(120)
    vercel.built('READY')
    expect(await carry(good)).toMatchObject({ kind: 'live' })
    expect(vercel.deployments).toHaveLength(1)
  })

  test('that did not begin is begun again once that is certain', async () => {
    vercel.faults.push({ status: 503, done: false })
    await expect(carry(good)).rejects.toThrow('answered 503')
    expect(await carry(good)).toEqual({ kind: 'pending', trace: null })
    expect(vercel.deployments).toEqual([])
    pass(61)
    await carry(good)
    expect(vercel.deployments).toHaveLength(1)
  })

  test('that Vercel refuses has failed, and says why without the token', async () => {
    vercel.faults.push({ status: 402, done: false })
    const told = await carry(good)
    expect(told).toMatchObject({ kind: 'failed', detail: expect.stringContaining('answered 402') })
    expect(JSON.stringify(told)).not.toContain(token)
  })

  test('into a project that is linked to another repository is none', async () => {
    const repository = { installation: 7, id: 12, owner: 'mallory', name: 'kiosk' }
    const detail = 'This project of Vercel is not linked to this repository.'
    expect(await carry(good, { repository })).toMatchObject({ kind: 'failed', detail })
    expect(vercel.posts).toEqual([])
  })
})

describe('the way back', () => {
  const back = { task: 'rollback', key: 'run_b rollback' } as const

  beforeEach(async () => {
    await live(good)
    await live(worse)
    vercel.posts.length = 0
  })

  test('points production at what was live before, without a build', async () => {
    expect(await carry(good, back)).toMatchObject({ kind: 'pending' })
    expect(await carry(good, back)).toMatchObject({ kind: 'pending' })
    vercel.moved('succeeded')
    expect(await carry(good, back)).toMatchObject({
      kind: 'live',
      trace: 'https://vercel.example/dpl_1',
    })
    expect(vercel.posts).toEqual(['/v1/projects/prj_1/rollback/dpl_1'])
    expect(vercel.state.production).toBe('dpl_1')
  })

  test.each([{ status: 500, done: true }, 'hangs'] as const)(
    'is asked for once, also where the answer is lost (%o)',
    async (fault) => {
      vercel.faults.push(fault)
      await expect(carry(good, back)).rejects.toThrow(/answered|timeout/)
      vercel.moved('succeeded')
      expect(await carry(good, back)).toMatchObject({ kind: 'live' })
      expect(vercel.posts).toHaveLength(1)
    },
  )

  test('waits while production is being moved elsewhere', async () => {
    vercel.faults.push({ status: 409, done: false })
    expect(await carry(good, back)).toMatchObject({ kind: 'pending' })
    await carry(good, back)
    vercel.moved('succeeded')
    expect(await carry(good, back)).toMatchObject({ kind: 'live' })
  })

  test('that Vercel cannot go has failed', async () => {
    await carry(good, back)
    vercel.moved('failed')
    expect(await carry(good, back)).toMatchObject({ kind: 'failed' })
  })

  test('builds once more where what was live is gone', async () => {
    vercel.deployments.splice(0, 1)
    await carry(good, back)
    expect(vercel.posts).toEqual(['/v13/deployments'])
  })

  test('is followed by a deploy that has to be promoted, for Vercel then does nothing by itself', async () => {
    await carry(good, back)
    vercel.moved('succeeded')
    const next = 'c'.repeat(40)
    await carry(next)
    vercel.built('READY')
    expect(await carry(next)).toMatchObject({ kind: 'pending' })
    vercel.moved('succeeded')
    expect(await carry(next)).toMatchObject({ kind: 'live' })
    expect(vercel.posts.at(-1)).toBe('/v10/projects/prj_1/promote/dpl_3')
  })
})
