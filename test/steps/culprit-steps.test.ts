import { describe, expect, test } from 'vitest'

import type { KeptCulprit, RevertState } from '#domain/culprit.ts'
import type { Failure } from '#domain/failure.ts'
import type { FailureReason } from '#domain/outcome.ts'
import { shapeOfFailure } from '#policy/offer.ts'
import type { CommitVerdict } from '#ports/hosting.ts'
import { arbitrateStep } from '#steps/arbitrate.ts'
import { concludeCulprit } from '#steps/conclude-culprit.ts'
import { readyRevert } from '#steps/ready-revert.ts'
import { record } from '#steps/record.ts'

import {
  culpritContext,
  culpritOf,
  memoryCulprits,
  minutesAfter,
} from '../support/culprit-world.ts'
import { checkOf, findingOf, said } from '../support/fix-world.ts'
import { memoryHosting, storeOf } from '../support/hosted-world.ts'
import { memoryLedger, proposalOf } from '../support/ledger-world.ts'

const finding = findingOf('node-test', 'sum.test.js', 'sum')
const failures: Failure[] = [
  {
    check: checkOf('test', 'node-test'),
    evidence: said(finding),
    targets: [finding],
    preExisting: [],
  },
]

describe('fix or revert', () => {
  interface Given {
    readonly minutes?: number
    readonly verdict?: CommitVerdict
    readonly told?: Parameters<typeof memoryLedger>[0]
    readonly tip?: string
  }

  async function decide({ minutes = 10, verdict = { kind: 'green' }, told = {}, tip }: Given) {
    const { hosting } = memoryHosting(verdict)
    const { ledger, taken } = memoryLedger(told)
    const asked: string[] = []
    const step = arbitrateStep({
      ...hosting,
      ...ledger,
      ...(tip !== undefined && { branches: { tip: () => Promise.resolve(tip) } }),
      proposals: {
        of: (repository, failure) => {
          asked.push(failure)
          return ledger.proposals.of(repository, failure)
        },
      },
      clock: { now: () => minutesAfter(minutes) },
    })
    const input = step.input.parse({ failures, 'patience-minutes': 30 })
    const outcome = await step.run(input, culpritContext().context)
    return { outcome, taken, asked }
  }

  const fix = proposalOf({ isSameFailure: true })

  test('waits for what is left of the time a fix may take, and is woken by news of the branch', async () => {
    const { outcome, taken } = await decide({})
    const topic = { kind: 'wait', topic: 'news', timeoutMs: 20 * 60_000, resumes: true }
    expect(outcome).toEqual(topic)
    expect(taken).toMatchObject([{ branch: 'main', headSha: 'b'.repeat(40), round: 1 }])
  })

  test('reverts when the time is up', async () => {
    expect((await decide({ minutes: 30 })).outcome).toEqual({ kind: 'done', outputs: {} })
  })

  test('takes back nothing where a fix of this failure is green', async () => {
    const { outcome, asked } = await decide({ minutes: 30, told: { known: [fix] } })
    expect(outcome).toEqual({ kind: 'failed', reason: 'fixed-forward', detail: '#9' })
    expect(asked).toEqual([shapeOfFailure(failures)])
  })

  test.each([
    ['of another failure', { isSameFailure: false }],
    ['for another branch', { base: 'topic' }],
    ['that was given up', { givenUp: 'superseded' }],
  ] as const)('is not held up by a green fix %s', async (_which, more) => {
    const known = [{ ...fix, ...more }]
    expect((await decide({ minutes: 30, told: { known } })).outcome.kind).toBe('done')
  })

  test('is not held up by a fix whose checks are red', async () => {
    const verdict = { kind: 'red', failed: ['test'] } as const
    const { outcome } = await decide({ minutes: 30, verdict, told: { known: [fix] } })
    expect(outcome.kind).toBe('done')
  })

  test.each<[string, Given, FailureReason]>([
    ['the branch moved on', { tip: 'e'.repeat(40) }, 'head-moved'],
    [
      'another run is busy with it',
      { told: { taking: { kind: 'held', by: 'run_7' } } },
      'being-repaired',
    ],
  ])('stands down where %s', async (_when, given, reason) => {
    expect((await decide(given)).outcome).toMatchObject({ kind: 'failed', reason })
  })
})

async function ready(given: object, told: Parameters<typeof memoryCulprits>[0] = {}) {
  const { hosting, readied: shown } = memoryHosting()
  const { culprits, readied } = memoryCulprits(told)
  const step = readyRevert({ ...hosting, culprits, clock: { now: () => minutesAfter(60) } })
  const input = { number: 9, verdict: 'green', needsHuman: false, most: 3, ...given }
  const outcome = await step.run(step.input.parse(input), culpritContext().context)
  return { outcome, shown, readied }
}

describe('a proposed revert', () => {
  test('is made ready where it is green, and counted', async () => {
    const { outcome, shown, readied } = await ready({}, { readiedToday: 2 })
    expect(outcome).toEqual({ kind: 'done', outputs: { state: 'ready' } })
    expect([shown, readied]).toEqual([[9], ['run_1']])
  })

  test.each<[string, object, number, RevertState]>([
    ['it is red', { verdict: 'red' }, 0, 'red'],
    ['a human has to decide', { needsHuman: true }, 0, 'for-human'],
    ['three were made ready within a day', {}, 3, 'too-many-ready'],
  ])('stays a draft where %s', async (...[, given, readiedToday, state]) => {
    const { outcome, shown, readied } = await ready(given, { readiedToday })
    expect(outcome).toEqual({ kind: 'done', outputs: { state } })
    expect([shown, readied]).toEqual([[], []])
  })

  test('is nothing to make ready where nothing was proposed', async () => {
    const { outcome, shown } = await ready({ number: null, verdict: 'none' })
    expect([outcome, shown]).toEqual([{ kind: 'done', outputs: { state: null } }, []])
  })
})

describe('a run that asked who did it', () => {
  const [one, two] = [culpritOf(1), culpritOf(2)]
  const revert = { number: 9, url: 'https://github.example/9', forward: 10, state: 'ready' }
  const nothing = {
    reason: null,
    detail: null,
    number: null,
    url: null,
    forward: null,
    state: null,
  }

  async function conclude(given: object, proposed: readonly string[] = []) {
    const world = memoryHosting()
    const { ledger, ended } = memoryLedger()
    const { culprits, decided } = memoryCulprits()
    const store = storeOf({ workflow: 'culprit-on-github' })
    for (const culprit of [one, two])
      await record(store, { runId: 'run_1', key: culprit.commit.sha }, { kind: 'culprit', culprit })
    const kept: KeptCulprit = { sha: two.commit.sha, because: 'too-old', paths: [] }
    await record(store, { runId: 'run_1', key: kept.sha }, { kind: 'culprit-kept', kept })
    for (const sha of proposed)
      await culprits.decide({ repository: 11, sha, runId: 'run_1', kept: null })
    const repositories = { release: () => Promise.resolve() }
    const step = concludeCulprit({ ...world.hosting, ...ledger, culprits, repositories, store })
    const input = step.input.parse({ ...nothing, kept: 'two had to stay', pulls: [4], ...given })
    await step.run(input, culpritContext().context)
    return { ...world, ended, decided }
  }

  test('says who and what is proposed on the check run of the repair, and where the change came from', async () => {
    const { shown, comments, ended, decided } = await conclude(revert, [one.commit.sha])
    expect(shown).toMatchObject([
      {
        externalId: 'run_0',
        conclusion: 'neutral',
        title: expect.stringContaining('#9 takes it back'),
      },
    ])
    expect(shown[0]?.summary).toContain('#10 brings the change again')
    expect(shown[0]?.summary).toContain('two had to stay')
    expect(comments).toMatchObject([{ issue: 4 }])
    expect(ended).toEqual(['green'])
    expect(decided).toEqual({ [one.commit.sha]: null, [two.commit.sha]: 'too-old' })
  })

  test.each<[FailureReason, string]>([
    ['newly-broken', 'needed-since'],
    ['fixed-forward', 'fixed-forward'],
    ['sandbox-limit', 'not-proved'],
  ])('and ended with %s has on record why nothing was proposed: %s', async (reason, kept) => {
    const { shown, ended, decided } = await conclude({ reason, detail: '' })
    expect(decided).toEqual({ [one.commit.sha]: kept, [two.commit.sha]: 'too-old' })
    expect(shown[0]?.summary).toContain('**Why:**')
    expect(ended).toEqual(['stood-down'])
  })

  test('in shadow mode has that on record', async () => {
    expect((await conclude({})).decided).toMatchObject({ [one.commit.sha]: 'shadow' })
  })
})
