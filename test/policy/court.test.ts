import { describe, expect, test } from 'vitest'

import type { CourtVerdict, FlakeCase, Seen, TestOutcome } from '#domain/flake-case.ts'
import { judgeTest, mayRunAgain, outcomeOf, sentence, testsIn } from '#policy/court.ts'

import { findingOf, said } from '../support/fix-world.ts'

const now = new Date('2026-11-29T12:00:00Z')
const name = { check: 'test', file: 'a.test.js', title: 'adds' }

/** Sightings of `commit:outcomes`, the newest first: `b:pf a:p` is a pass and a failure on b, before them a pass on a. */
function seen(text: string, days = 0, branch = 'main'): Seen[] {
  const outcomes: Record<string, TestOutcome> = { p: 'pass', f: 'fail', i: 'infra' }
  return text.split(' ').flatMap((part) => {
    const [sha = '', letters = ''] = part.split(':')
    return letters.split('').map((letter, number) => ({
      test: name,
      branch,
      sha,
      runId: 'run_1',
      number,
      outcome: outcomes[letter] ?? 'pass',
      at: new Date(now.getTime() - days * 86_400_000),
    }))
  })
}

test.each<[string, readonly Seen[], CourtVerdict]>([
  [
    'passed and failed on one commit',
    seen('a:fp'),
    { kind: 'flaky', fails: 1, passes: 1, where: 1 },
  ],
  [
    'did so on two commits, and passed on others',
    seen('c:pp b:ffp a:pf'),
    { kind: 'flaky', fails: 3, passes: 2, where: 2 },
  ],
  ['failed five times on the newest commit', seen('b:fffff a:p'), { kind: 'broken', fails: 5 }],
  ['failed on one commit and passes on a newer one', seen('b:p a:ff'), { kind: 'open' }],
  ['failed twice', seen('a:ff'), { kind: 'open' }],
  ['passed as often as it was run', seen('b:p a:pp'), { kind: 'quiet' }],
  ['was flaky two weeks ago', seen('a:fp', 14), { kind: 'quiet' }],
  [
    'was flaky a day less than two weeks ago',
    seen('a:fp', 13),
    { kind: 'flaky', fails: 1, passes: 1, where: 1 },
  ],
  ['was only ever failed by the machine', seen('a:ii'), { kind: 'infra', times: 2 }],
  ['failed by the machine and passed', seen('a:ip'), { kind: 'quiet' }],
  ['was never seen', [], { kind: 'quiet' }],
])('a test that %s', (...[, sightings, verdict]) => {
  expect(judgeTest(sightings, now)).toEqual(verdict)
})

const flaky: CourtVerdict = { kind: 'flaky', fails: 1, passes: 1, where: 1 }
const told: FlakeCase = { test: name, issue: 7, isOpen: true }

test.each<[string, CourtVerdict, FlakeCase | null, readonly Seen[], string]>([
  ['flaky on the default branch', flaky, null, seen('a:fp'), 'show'],
  ['flaky on one branch', flaky, null, seen('a:fp', 0, 'topic'), 'nothing'],
  [
    'flaky on two branches',
    flaky,
    null,
    [...seen('a:fp', 0, 'one'), ...seen('b:fp', 0, 'two')],
    'show',
  ],
  ['flaky on one branch, and known', flaky, told, seen('a:fp', 0, 'topic'), 'show'],
  [
    'flaky on one branch, and closed before',
    flaky,
    { ...told, isOpen: false },
    seen('a:fp', 0, 'topic'),
    'nothing',
  ],
  ['broken, and known as flaky', { kind: 'broken', fails: 5 }, told, seen('a:fffff'), 'show'],
  ['broken', { kind: 'broken', fails: 5 }, null, seen('a:fffff'), 'nothing'],
  ['quiet, and known', { kind: 'quiet' }, told, [], 'close'],
  ['quiet, and closed before', { kind: 'quiet' }, { ...told, isOpen: false }, [], 'nothing'],
  ['not to be told', { kind: 'open' }, told, seen('a:f'), 'nothing'],
])('of a test that is %s', (...[, verdict, known, sightings, what]) => {
  expect(sentence(verdict, { known, seen: sightings, trunk: 'main' })).toBe(what)
})

describe('a run of a check', () => {
  const adds = { ...findingOf('node-test', 'a.test.js', '1 !== 2'), subject: 'adds' }
  const type = findingOf('tsc', 'a.ts', 'no such name')

  test('names the tests that chance may have a part in, each once', () => {
    expect(testsIn('test', [said(adds, type), said(adds)])).toEqual([name])
  })

  test('that fails by the hundred names fifty', () => {
    const many = Array.from({ length: 100 }, (_, number) => ({
      ...adds,
      subject: `test ${number}`,
    }))
    expect(testsIn('test', [said(...many)])).toHaveLength(50)
  })

  test.each<[string, Parameters<typeof outcomeOf>[1], TestOutcome]>([
    ['fails', said(adds), 'fail'],
    ['passes', said(), 'pass'],
    ['passes while another fails', said({ ...adds, subject: 'subtracts' }), 'pass'],
    ['is stopped by a limit', { ...said(adds), end: { kind: 'stopped', by: 'time' } }, 'infra'],
  ])('in which it %s', (...[, run, outcome]) => {
    expect(outcomeOf(name, run)).toBe(outcome)
  })

  test.each([
    [1, 1000, true],
    [9, 1000, true],
    [10, 1000, false],
    [3, 100_000, false],
  ])('after %i runs of %i ms may be run again: %s', (count, durationMs, may) => {
    expect(mayRunAgain(Array.from({ length: count }, () => ({ ...said(), durationMs })))).toBe(may)
  })
})
