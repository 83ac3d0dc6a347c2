import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { openSelfTests } from './support/self-test-world.ts'

const rules = 'environments:\n  production:\n    approvals: 1\n'

let world: Awaited<ReturnType<typeof openSelfTests>>
beforeAll(async () => {
  world = await openSelfTests({ '.github/goalkeeper.yml': rules })
})
afterAll(() => world.close())
beforeEach(() => {
  world.news.splice(0)
  Object.assign(world.held, { by: null, from: 1 })
})

const recorded = z.object({
  steps: z.array(z.object({ step: z.string(), isGood: z.boolean().nullable() })),
})
/** What each step came to, e.g. `commit: true`. */
const steps = (record: unknown) =>
  recorded.parse(record).steps.map(({ step, isGood }) => `${step}: ${isGood}`)
const branches = async () =>
  (await world.shop.maria.checkout.git('ls-remote', '--heads', 'origin')).trim()

describe('a self-test of the service (S2-46)', () => {
  test('goes the whole way with a commit that changes nothing, and leaves nothing behind', async () => {
    const { outcome, record } = await world.run()

    expect(outcome).toBe('success')
    expect(record).toMatchObject({ passed: true, reason: null })
    expect(steps(record)).toEqual(
      ['commit', 'proposal', 'deploy', 'webhook', 'clean-up'].map((step) => `${step}: true`),
    )
    expect(world.news).toEqual([])
    expect(await branches()).toBe(`${world.shop.first}\trefs/heads/main`)
    const [deployment] = world.shop.repository.deployments
    const isNoProduction = { environment: 'preview', transient: true, production: false }
    expect(deployment).toMatchObject(isNoProduction)
    expect(deployment?.sha).not.toBe(world.shop.first)
    expect(deployment?.statuses.at(-1)?.state).toBe('inactive')
  })

  test.each([
    ['does not go live', { state: 'failure' }, 'deploy: false', 'no space left'],
    ['never ends', { state: 'in_progress', isTold: false }, 'deploy: false', '300 s'],
    ['is over and nobody tells us', { isTold: false }, 'webhook: false', 'did not tell us'],
  ] as const)('whose deploy %s is cleared away all the same, and is told', async (...of) => {
    const [, fate, bad, why] = of
    const { outcome, record } = await world.run(fate)

    expect(outcome).toBe('failure')
    expect(steps(record)).toEqual(expect.arrayContaining(['commit: true', bad, 'clean-up: true']))
    expect(world.news).toEqual([
      expect.objectContaining({ type: 'self-test.failed', subject: expect.stringContaining(why) }),
    ])
    expect(await branches()).toBe(`${world.shop.first}\trefs/heads/main`)
  })

  test('does not begin while somebody says stop, and nobody is told that it failed', async () => {
    world.held.by = 'paused'
    const before = world.shop.repository.deployments.length
    const { outcome, record } = await world.run()

    expect(outcome).toBe('failure')
    expect(record).toMatchObject({ passed: false, reason: 'switched-off' })
    expect(world.shop.repository.deployments).toHaveLength(before)
    expect(world.news).toEqual([])
  })

  test('is of a repository where the App is installed, and of no other', async () => {
    expect(await world.find({ owner: 'acme', name: 'kiosk' })).toMatchObject({ name: 'kiosk' })
    expect(await world.find({ owner: 'acme', name: 'none' })).toBeNull()
  })

  test('waits where somebody says stop in between, and goes on after that', async () => {
    Object.assign(world.held, { by: 'paused', from: 2 })
    const { outcome, waits } = await world.run()

    expect(waits[0]).toBe('resume')
    expect(outcome).toBe('success')
  })

  test('is never deployed to an environment that has a gate', async () => {
    const before = world.shop.repository.deployments.length
    const { record } = await world.run({ environment: 'production' })

    expect(steps(record)[0]).toBe('commit: false')
    expect(world.shop.repository.deployments).toHaveLength(before)
    expect(world.news[0]?.subject).toContain('production has a gate')
  })
})
