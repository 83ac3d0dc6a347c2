import { describe, expect, test } from 'vitest'

import type { Hosted } from '#domain/hosted.ts'
import type { OpenedBefore } from '#ports/hosting.ts'
import type { KnownProposal } from '#ports/proposals.ts'
import { decideOffer } from '#steps/decide-offer.ts'

import { hostedContext, memoryHosting, secondRound } from '../support/hosted-world.ts'
import { memoryLedger, proposalOf } from '../support/ledger-world.ts'

describe('a fix that was proved', () => {
  const before: OpenedBefore = {
    number: 4,
    state: 'closed',
    base: 'main',
    createdAt: new Date(0),
  }

  async function decide(
    one: Partial<OpenedBefore>,
    more: Partial<Hosted> = {},
    known: Partial<KnownProposal> = { isSameFailure: true },
  ) {
    const { hosting } = memoryHosting({ kind: 'green' }, [{ ...before, ...one }])
    const { ledger } = memoryLedger({ known: [proposalOf({ number: 4, ...known })] })
    const step = decideOffer({ ...hosting, ...ledger, clock: { now: () => new Date(86_400_000) } })
    return await step.run(step.input.parse({ failures: [] }), hostedContext(more).context)
  }

  test('is not proposed again where somebody closed it without merging', async () => {
    expect(await decide({})).toMatchObject({ kind: 'failed', reason: 'declined-before' })
  })

  test('is not proposed again where somebody merged it and took it back', async () => {
    const known = { isSameFailure: true, givenUp: 'merged', isTakenBack: true } as const
    expect(await decide({ state: 'merged' }, {}, known)).toMatchObject({
      reason: 'declined-before',
    })
  })

  test.each(['superseded', 'withdrawn', 'taken-over'] as const)(
    'is proposed again where the earlier one was %s, whatever its labels say',
    async (givenUp) => {
      expect((await decide({}, {}, { isSameFailure: true, givenUp })).kind).toBe('done')
    },
  )

  test('of another failure is proposed', async () => {
    expect((await decide({}, {}, { isSameFailure: false })).kind).toBe('done')
  })

  test('in a later round stands for the failure of the first', async () => {
    expect(await decide({}, { round: secondRound })).toMatchObject({
      outputs: { failure: 'the first failure', supersedes: [] },
    })
  })

  test('is proposed in the place of an older one for the same branch', async () => {
    const outcome = await decide({ state: 'open', base: 'topic' })
    expect(outcome).toMatchObject({ kind: 'done', outputs: { supersedes: [4] } })
  })

  test.each([
    ['somebody asks for it by name', { asked: { issue: 3, comment: null } }],
    ['nothing is opened, as in a fork', { isFork: true }],
    ['it is a later round of what is proposed', { round: secondRound }],
  ])('is not kept back when %s', async (_when, more) => {
    expect((await decide({}, more)).kind).toBe('done')
  })
})
