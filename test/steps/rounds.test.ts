import { describe, expect, test } from 'vitest'

import { event } from '#domain/event.ts'
import { mostRounds } from '#policy/rounds.ts'
import { decideRound } from '#steps/decide-round.ts'
import { takeFailure } from '#steps/take-failure.ts'

import { checkOf, findingOf, headPlace, said } from '../support/fix-world.ts'
import { hostedContext, memoryHosting, secondRound } from '../support/hosted-world.ts'
import { memoryLedger } from '../support/ledger-world.ts'

const proposed = {
  number: 9,
  url: 'https://github.example/9',
  branch: 'auto-fix/1-types',
  headSha: 'c'.repeat(40),
  title: 'types',
  failure: 'the first failure',
  needsHuman: false,
  place: headPlace,
  verdict: 'red',
  failed: ['smoke'],
}

async function decide(given: object, round: typeof secondRound | null = null) {
  const { hosting, readied } = memoryHosting()
  const step = decideRound(hosting)
  const { context } = hostedContext({ round })
  const outcome = await step.run(step.input.parse({ ...proposed, ...given }), context)
  return { outcome, readied, context }
}

describe('a proposal whose checks were looked at', () => {
  test.each([
    ['green', false, [9]],
    ['none', false, [9]],
    ['green', true, []],
    ['pending', false, []],
    ['merged', false, []],
  ])('and are %s, with a human to decide %s, is made ready: %j', async (...row) => {
    const [verdict, needsHuman, ready] = row
    const { outcome, readied } = await decide({ verdict, needsHuman })
    expect(outcome).toEqual({ kind: 'done', outputs: { next: null } })
    expect(readied).toEqual(ready)
  })

  test('stays a draft where an earlier round is to be looked at', async () => {
    const round = { ...secondRound, needsHuman: true }
    expect((await decide({ verdict: 'green' }, round)).readied).toEqual([])
  })

  test('and are red is repaired further: the same task, at the head of our branch', async () => {
    const { outcome, context } = await decide({})
    const next = event.parse(outcome.kind === 'done' ? outcome.outputs['next'] : null)
    expect(next).toMatchObject({
      taskId: context.event.taskId,
      ref: proposed.headSha,
      hosted: {
        headSha: 'b'.repeat(40),
        branch: 'topic',
        round: { number: 2, before: ['run_1'], failed: ['smoke'], proposal: { number: 9 } },
      },
    })
  })

  test('goes on with the pull request of the first round', async () => {
    const { outcome } = await decide({ title: 'label', failure: 'another' }, secondRound)
    expect(outcome).toMatchObject({
      outputs: {
        next: {
          hosted: {
            round: { number: 3, before: ['run_0', 'run_1'], proposal: secondRound.proposal },
          },
        },
      },
    })
  })

  test('for a described bug goes on as what is red does, held against the code that was looked at', async () => {
    const { hosting } = memoryHosting()
    const step = decideRound(hosting)
    const { context } = hostedContext({ asked: { issue: 7, comment: null } })
    const bug = { ...context, event: { ...context.event, kind: 'bug-described' } } as const
    const outcome = await step.run(step.input.parse(proposed), bug)
    const next = event.parse(outcome.kind === 'done' ? outcome.outputs['next'] : null)
    expect(next).toMatchObject({
      kind: 'checks-failed',
      ref: proposed.headSha,
      hosted: { asked: { issue: 7 }, round: { isBug: true, baseSha: headPlace.headSha } },
    })
  })

  test('is left to a human after five rounds', async () => {
    const { outcome } = await decide({}, { ...secondRound, number: mostRounds })
    expect(outcome).toEqual({ kind: 'failed', reason: 'rounds-spent', detail: 'smoke' })
  })

  test('is nothing to decide about where nothing was proposed', async () => {
    const { outcome } = await decide({ number: null, url: null, headSha: null, verdict: 'none' })
    expect(outcome).toEqual({ kind: 'done', outputs: { next: null } })
  })
})

const finding = findingOf('tsc', 'a.ts', 'Cannot find name')
const red = {
  check: checkOf('types', 'tsc'),
  evidence: said(finding),
  targets: [finding],
  preExisting: [],
}

async function take(
  told: Parameters<typeof memoryLedger>[0],
  more: Parameters<typeof hostedContext>[0] = {},
  failures: readonly object[] = [red],
) {
  const { ledger, taken } = memoryLedger(told)
  const step = takeFailure(ledger)
  const outcome = await step.run(step.input.parse({ failures }), hostedContext(more).context)
  return { outcome, taken }
}

const asked = { issue: 3, comment: null }

describe('a failure that was reproduced', () => {
  test.each([
    [2, {}, 'done'],
    [3, {}, 'failed'],
    [3, { asked }, 'done'],
    [9, { asked }, 'done'],
    [10, { asked }, 'failed'],
  ])('after %i tries without a green fix, for %j: %s', async (spent, more, kind) => {
    const { outcome, taken } = await take({ spent }, more)
    expect(outcome).toMatchObject(kind === 'done' ? { kind } : { kind, reason: 'tried-too-often' })
    expect(taken).toHaveLength(kind === 'done' ? 1 : 0)
  })

  test('is left to the run that has it', async () => {
    const { outcome } = await take({ taking: { kind: 'held', by: 'run_7' } })
    expect(outcome).toEqual({ kind: 'failed', reason: 'being-repaired', detail: 'run_7' })
  })

  test('and is back as it was before the last round is not repaired again', async () => {
    const { outcome, taken } = await take({ taking: { kind: 'unchanged' } }, { round: secondRound })
    expect(outcome).toMatchObject({ reason: 'same-failure' })
    expect(taken).toMatchObject([{ round: 2 }])
  })

  test('is taken by nobody where nothing is red; in a later round that is no answer', async () => {
    expect((await take({}, {}, [])).outcome.kind).toBe('done')
    expect((await take({}, { round: secondRound }, [])).outcome).toEqual({
      kind: 'failed',
      reason: 'not-reproducible',
      detail: 'smoke',
    })
  })
})
