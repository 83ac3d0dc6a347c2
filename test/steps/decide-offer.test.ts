import { describe, expect, test } from 'vitest'

import type { OpenedBefore } from '#ports/hosting.ts'
import { decideOffer } from '#steps/decide-offer.ts'

import { hostedContext, memoryHosting } from '../support/hosted-world.ts'

describe('a fix that was proved', () => {
  const before: OpenedBefore = {
    number: 4,
    state: 'closed',
    base: 'main',
    createdAt: new Date(0),
    isSameFailure: true,
    isSuperseded: false,
  }

  async function decide(one: Partial<OpenedBefore>, more: object = {}) {
    const { hosting } = memoryHosting({ kind: 'green' }, [{ ...before, ...one }])
    const step = decideOffer({ ...hosting, clock: { now: () => new Date(86_400_000) } })
    return await step.run(step.input.parse({ failures: [] }), hostedContext(more).context)
  }

  test('is not proposed again where somebody closed it without merging', async () => {
    expect(await decide({})).toMatchObject({ kind: 'failed', reason: 'declined-before' })
  })

  test('is proposed in the place of an older one for the same branch', async () => {
    const outcome = await decide({ state: 'open', base: 'topic' })
    expect(outcome).toMatchObject({ kind: 'done', outputs: { supersedes: [4] } })
  })

  test.each([
    ['somebody asks for it by name', { asked: { issue: 3, comment: null } }],
    ['nothing is opened, as in a fork', { isFork: true }],
  ])('is not kept back when %s', async (_when, more) => {
    expect((await decide({}, more)).kind).toBe('done')
  })
})
