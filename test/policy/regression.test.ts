import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Counts } from '#domain/watch.ts'
import { judgeRates } from '#policy/regression.ts'

const of = (errors: number, requests: number): Counts => ({ errors, requests })
const fail = (because: string) => ({ kind: 'fail', because })
const unclear = (because: string) => ({ kind: 'inconclusive', because })
const pass = { kind: 'pass' }

describe('before its window is over a deploy', () => {
  test.each([
    ['is good for now where errors stay', of(10, 10_000), of(1, 1000), null],
    ['is good for now where half as many more are no proof', of(10, 10_000), of(2, 1000), null],
    ['is bad by proof', of(10, 10_000), of(10, 1000), fail('rate-risen')],
    ['is bad where errors come that never came', of(0, 10_000), of(3, 300), fail('rate-risen')],
    ['is bad in a burst on top of many', of(3000, 3_000_000), of(3400, 3_000_000), fail('burst')],
    ['is bad above a hundredth, without a before', null, of(30, 1000), fail('above-ceiling')],
    ['is not bad by one error', of(0, 10_000), of(1, 100), null],
    ['is not bad by more than ten, where ten are usual', of(10, 10_000), of(14, 10_000), null],
    ['is not bad where nobody asks for it', of(10, 10_000), of(0, 0), null],
    ['is not bad where nobody can say', of(10, 10_000), null, null],
  ])('%s', (...[, before, after, verdict]) => {
    expect(judgeRates({ before, after, isOver: false })).toEqual(verdict)
  })
})

describe('after its window a deploy', () => {
  test.each([
    ['passes where errors stay', of(10, 10_000), of(10, 10_000), pass],
    ['passes where errors go away', of(10, 10_000), of(0, 10_000), pass],
    ['passes where there are none of many', of(0, 1000), of(0, 1000), pass],
    ['passes without a before, where there are few of many', null, of(1, 1000), pass],
    ['is bad still', of(10, 10_000), of(50, 10_000), fail('rate-risen')],
    ['is unclear without data', of(10, 10_000), null, unclear('no-data')],
    ['is unclear without requests', of(10, 10_000), of(0, 0), unclear('no-data')],
    ['is unclear with more errors than requests', of(10, 10_000), of(9, 8), unclear('no-data')],
    ['is unclear with few requests', of(0, 300), of(0, 300), unclear('too-little')],
    ['is unclear with one error before', of(1, 300), of(1, 300), unclear('too-little')],
    ['is unclear with few and no before', null, of(0, 999), unclear('too-little')],
    [
      'is unclear where they may have risen',
      of(10, 10_000),
      of(15, 10_000),
      unclear('perhaps-risen'),
    ],
  ])('%s', (...[, before, after, verdict]) => {
    expect(judgeRates({ before, after, isOver: true })).toEqual(verdict)
  })
})

test('never passes a deploy after which nobody asked anything, whatever was before', () => {
  assert(
    property(
      array(integer({ min: 0, max: 1e6 }), { minLength: 2, maxLength: 3 }),
      ([a = 0, b = 0]) => {
        const before = of(Math.min(a, b), Math.max(a, b))
        for (const after of [null, of(0, 0), of(1, 0)])
          expect(judgeRates({ before, after, isOver: true })).toEqual(unclear('no-data'))
      },
    ),
  )
})

test('never passes what has five times the errors, nor fails what has the same', () => {
  assert(
    property(
      integer({ min: 0, max: 2000 }),
      integer({ min: 1000, max: 1e6 }),
      (errors, requests) => {
        const before = of(Math.min(errors, Math.floor(requests / 10)), requests)
        const bad = { ...before, errors: Math.max(before.errors, 4) * 5 }
        expect(judgeRates({ before, after: bad, isOver: true })).toMatchObject({ kind: 'fail' })
        const same = judgeRates({ before, after: before, isOver: true })
        expect(same?.kind).not.toBe('fail')
      },
    ),
  )
})
