import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Move, nextMove, type Sighting } from '#policy/bisection.ts'

const lineOf = (length: number): string[] => Array.from({ length }, (_each, at) => `c${at}`)

/** Follows the moves to their end. `answer` says what a look at a commit shows, the n-th time. */
function hunt(
  line: readonly string[],
  answer: (at: number, look: number) => Sighting,
  { knownGood = false, confirmations = 3 } = {},
) {
  const sightings = new Map<string, Sighting[]>()
  let runs = 0
  const ending = (): Move => {
    const move = nextMove({ line, sightings, knownGood, confirmations })
    if (move.kind !== 'look' || runs > 500) return move
    const before = sightings.get(move.sha) ?? []
    sightings.set(move.sha, [...before, answer(line.indexOf(move.sha), before.length)])
    runs += 1
    return ending()
  }
  const end = ending()
  return { end, runs, distinct: sightings.size }
}

const from =
  (guilty: number) =>
  (at: number): Sighting =>
    at >= guilty ? 'red' : 'green'

describe('the one who broke it is found', () => {
  test('wherever it is, within twice the information limit of distinct commits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), (length, place) => {
        const guilty = 1 + (place % (length - 1))
        const { end, distinct } = hunt(lineOf(length), from(guilty), { knownGood: true })
        expect(end).toEqual({ kind: 'culprit', sha: `c${guilty}`, parent: `c${guilty - 1}` })
        expect(distinct).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(length - 1 || 1)))
      }),
    )
  })

  test('when nobody knows a good commit, further and further back', () => {
    const { end, distinct } = hunt(lineOf(100), from(97))
    expect(end).toMatchObject({ kind: 'culprit', sha: 'c97' })
    expect(distinct).toBeLessThanOrEqual(5)
  })

  test('when it was broken, repaired and broken again: the last time counts', () => {
    const broken = new Set([3, 4, 8, 9])
    const { end } = hunt(lineOf(10), (at) => (broken.has(at) ? 'red' : 'green'))
    expect(end).toMatchObject({ kind: 'culprit', sha: 'c8', parent: 'c7' })
  })

  test('when commits beside it cannot be looked at', () => {
    const { end } = hunt(lineOf(16), (at) => (at === 7 || at === 9 ? 'unknown' : from(5)(at)))
    expect(end).toMatchObject({ kind: 'culprit', sha: 'c5' })
  })

  test('and both neighbours were looked at as often as proof asks for', () => {
    const looks = new Map<number, number>()
    hunt(lineOf(8), (at, look) => {
      looks.set(at, look + 1)
      return from(5)(at)
    })
    expect([looks.get(4), looks.get(5)]).toEqual([3, 3])
  })
})

describe('nobody is blamed', () => {
  test('where one commit is red once and green another time', () => {
    const { end } = hunt(lineOf(8), (at, look) => (at === 5 && look === 2 ? 'green' : from(5)(at)))
    expect(end).toEqual({ kind: 'nobody', because: 'flaky' })
  })

  test('where the head is not red', () => {
    expect(hunt(lineOf(8), () => 'green').end).toEqual({ kind: 'nobody', because: 'flaky' })
  })

  test('where the head cannot be looked at', () => {
    const end = hunt(lineOf(8), () => 'unknown').end
    expect(end).toEqual({ kind: 'nobody', because: 'untestable' })
  })

  test('where it was red as far as the line goes', () => {
    expect(hunt(lineOf(8), () => 'red').end).toEqual({ kind: 'nobody', because: 'red-throughout' })
  })

  test('where the commit that somebody called good is red', () => {
    const { end, runs } = hunt(lineOf(8), () => 'red', { knownGood: true })
    expect(end).toEqual({ kind: 'nobody', because: 'good-is-red' })
    expect(runs).toBe(2)
  })

  test('where the guilty one may be any of several that cannot be looked at', () => {
    const { end } = hunt(lineOf(8), (at) => (at === 4 ? 'unknown' : from(5)(at)))
    expect(end).toEqual({ kind: 'nobody', because: 'untestable' })
  })

  test('wrongly by a coin: a commit that did not change the failure is hardly ever named', () => {
    let named = 0
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (coin) => {
        const { end } = hunt(lineOf(32), () => (coin.next().value === true ? 'red' : 'green'))
        if (end.kind === 'culprit') named += 1
      }),
      { numRuns: 400, seed: 7 },
    )
    // Three reds on one and three greens on the other by chance: 1 of 16 after the first of each.
    expect(named / 400).toBeLessThan(0.1)
  })
})
