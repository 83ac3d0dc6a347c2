import { describe, expect, test } from 'vitest'

import type { Evidence } from '#domain/evidence.ts'
import type { FlakeCase, Seen, Sighting } from '#domain/flake-case.ts'
import { isSame } from '#policy/court.ts'
import type { Flakes } from '#ports/flakes.ts'
import { holdCourt } from '#steps/hold-court.ts'
import { rerunDoubted } from '#steps/rerun-doubted.ts'

import {
  checkOf,
  findingOf,
  headPlace,
  memoryStore,
  said,
  workspaceWith,
} from '../support/fix-world.ts'
import { hostedContext, memoryHosting, secondRound } from '../support/hosted-world.ts'

const adds = { ...findingOf('node-test', 'a.test.js', '1 !== 2'), subject: 'adds' }
const name = { check: 'test', file: 'a.test.js', title: 'adds' }
const now = new Date('2026-11-29T12:00:00Z')

/** What was seen of tests, in memory. */
function memoryFlakes(known: readonly FlakeCase[] = [], before: readonly Seen[] = []) {
  const saw: Sighting[] = []
  const told: FlakeCase[] = []
  const flakes: Flakes = {
    saw: async (_repository, sightings) => void saw.push(...sightings),
    seen: async (_repository, test) =>
      [...saw.map((one) => ({ ...one, at: now })), ...before].filter((one) =>
        isSame(one.test, test),
      ),
    cases: () => Promise.resolve(known),
    told: async (_repository, one) => void told.push(one),
    forget: () => Promise.resolve(),
  }
  return { flakes, saw, told }
}

interface Given {
  readonly runs?: Readonly<Record<string, Evidence>>
  readonly known?: readonly FlakeCase[]
  readonly before?: readonly Seen[]
  readonly more?: Parameters<typeof hostedContext>[0]
}

const changing = { 'head/test': said(adds), 'rerun/1/test': said(), 'base/test': said(adds) }

async function hold({ runs = changing, known = [], before = [], more = {} }: Given) {
  const { hosting, notices } = memoryHosting()
  const { flakes, saw, told } = memoryFlakes(known, before)
  const kept = Object.entries(runs).map(([key, evidence]) => ({ key, evidence }))
  const store = { evidence: () => Promise.resolve(kept) }
  const step = holdCourt({ flakes, notices: hosting.notices, store, clock: { now: () => now } })
  const { context } = hostedContext({ branch: 'main', ...more })
  const outcome = await step.run(step.input.parse({ place: headPlace }), context)
  return { outcome, notices, saw, told }
}

describe('a test that passes and fails on the head', () => {
  test('is on record, run by run', async () => {
    const { saw } = await hold({})
    expect(saw.map(({ outcome, number }) => [number, outcome])).toEqual([
      [0, 'fail'],
      [1, 'pass'],
    ])
    expect(saw[0]).toMatchObject({ test: name, branch: 'main', sha: 'b'.repeat(40) })
  })

  test('has one issue with what was measured, and nobody is asked to skip it', async () => {
    const { notices, told } = await hold({})
    expect(notices).toMatchObject([
      { issue: null, labels: ['flaky-test'], state: 'open', newsAt: now },
    ])
    expect(notices[0]?.body).toContain('failed 1 and passed 1 times on one commit')
    expect(notices[0]?.body).toContain('with a link to this issue beside it')
    expect(notices[0]?.body.startsWith(notices[0].marker)).toBe(true)
    expect(told).toEqual([{ test: name, issue: 71, isOpen: true }])
  })

  test('has its issue brought up to date where there is one', async () => {
    const { notices } = await hold({ known: [{ test: name, issue: 7, isOpen: true }] })
    expect(notices).toMatchObject([{ issue: 7, state: 'open' }])
  })

  test('on the branch of a pull request is on record and has no issue yet', async () => {
    const { saw, notices } = await hold({ more: { branch: 'topic' } })
    expect([saw.length, notices]).toEqual([2, []])
  })

  test.each([
    ['a later round', { round: secondRound }],
    ['a fork', { isFork: true }],
  ])('of %s is nobody else’s', async (_whose, more) => {
    expect((await hold({ more })).saw).toEqual([])
  })
})

test('of many that turn up at once three are told', async () => {
  const many = Array.from({ length: 9 }, (_, number) => ({ ...adds, subject: `test ${number}` }))
  const { notices } = await hold({ runs: { 'head/test': said(...many), 'rerun/1/test': said() } })
  expect(notices).toHaveLength(3)
})

test('a known test that did not fail for two weeks has its issue closed, also where this run saw nothing of it', async () => {
  const at = new Date('2026-11-01T12:00:00Z')
  const old: Seen = {
    test: name,
    branch: 'main',
    sha: 'a',
    runId: 'run_0',
    number: 0,
    outcome: 'fail',
    at,
  }
  const known = [{ test: name, issue: 7, isOpen: true }]
  const { notices, told } = await hold({ runs: {}, known, before: [old] })
  expect(notices).toMatchObject([{ issue: 7, state: 'closed', newsAt: at }])
  expect(notices[0]?.body).toContain('If somebody skipped the test meanwhile')
  expect(told).toEqual([{ test: name, issue: 7, isOpen: false }])
})

test('what passes is remembered of a test that is known, and of no other', async () => {
  const known = [{ test: name, issue: null, isOpen: false }]
  expect((await hold({ runs: { 'head/test': said() }, known })).saw).toMatchObject([
    { outcome: 'pass' },
  ])
  expect((await hold({ runs: { 'head/test': said() } })).saw).toEqual([])
})

describe('what is red in CI and green here', () => {
  const check = checkOf('test', 'node-test')
  const report = {
    check: 'ci',
    conclusion: 'failure',
    job: null,
    title: null,
    summary: null,
    annotations: [],
    log: { kind: 'none' },
  }
  const claim = { report, trouble: null, checks: ['test'], unreachable: [], findings: [] }

  async function doubt(answers: readonly Evidence[], given: object = {}) {
    const { store, evidence } = memoryStore()
    let at = 0
    const observer = { again: async () => answers[at++] ?? said() }
    const step = rerunDoubted({ ...workspaceWith({}), observer, store })
    const input = {
      place: headPlace,
      configuration: null,
      claims: [claim],
      setAside: [],
      greens: [{ check, evidence: said() }],
      ...given,
    }
    const outcome = await step.run(step.input.parse(input), hostedContext().context)
    return { outputs: outcome.kind === 'done' ? outcome.outputs : {}, runs: at, evidence }
  }

  test('is flaky where it is red once more on the same commit, and is no more called green', async () => {
    const { outputs, runs, evidence } = await doubt([said(), said(adds)])
    expect(outputs).toMatchObject({ setAside: [{ check: 'test', reason: 'flaky' }], greens: [] })
    expect([runs, evidence]).toEqual([2, ['rerun/1/test', 'rerun/2/test']])
  })

  test('is run nine more times at most, and stays green', async () => {
    const { outputs, runs } = await doubt([])
    expect(runs).toBe(9)
    expect(outputs).toMatchObject({ setAside: [], greens: [{ check: { name: 'test' } }] })
  })

  test.each<[string, object]>([
    ['the machine is to blame', { claims: [{ ...claim, trouble: 'network' }] }],
    ['part of it cannot be run here', { claims: [{ ...claim, unreachable: ['e2e'] }] }],
    ['nothing of it was run here', { claims: [{ ...claim, checks: ['another'] }] }],
    [
      'it answers from the text alone',
      { greens: [{ check: checkOf('test', 'tsc'), evidence: said() }] },
    ],
  ])('is not run again where %s', async (_where, given) => {
    expect((await doubt([], given)).runs).toBe(0)
  })
})
