import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { phaseDefinition } from '#domain/workflow.ts'
import { overlaps } from '#engine/globs.ts'
import { planPhases } from '#engine/plan.ts'

const steps = [{ uses: 'nothing' }]
const phase = (fields: object) => phaseDefinition.parse({ steps, ...fields })

describe('the order of the phases', () => {
  test.each([
    ['one phase is one wave', { a: {} }, [['a']]],
    ['phases that need nothing and write nothing run side by side', { a: {}, b: {} }, [['a', 'b']]],
    ['a phase runs after what it needs', { b: { needs: ['a'] }, a: {} }, [['a'], ['b']]],
    [
      'a phase waits for all it needs',
      { a: {}, b: { needs: ['a'] }, c: { needs: ['a', 'b'] } },
      [['a'], ['b'], ['c']],
    ],
    [
      'two writers of one file run one after the other, in the order of the file',
      { a: { writes: ['src/**'] }, b: { writes: ['src/main.ts'] } },
      [['a'], ['b']],
    ],
    [
      'a reader waits for the writer above it',
      { a: { writes: ['docs/**'] }, b: { reads: ['docs/plan.md'] } },
      [['a'], ['b']],
    ],
    [
      'two readers run side by side',
      { a: { reads: ['src/**'] }, b: { reads: ['src/**'] } },
      [['a', 'b']],
    ],
    [
      'S4-05: an analyst that writes and two reviewers that read other files are one group',
      {
        analyst: { reads: ['src/**'], writes: ['docs/analysis/**'] },
        reviewer: { reads: ['docs/guide/**'] },
        validator: { reads: ['src/**'] },
      },
      [['analyst', 'reviewer', 'validator']],
    ],
    [
      'S4-06: whoever wants to write the sources waits for their single writer',
      { developer: { writes: ['src/**'] }, tester: { writes: ['tests/**'], reads: ['src/**'] } },
      [['developer'], ['tester']],
    ],
  ])('%s', (_title, jobs, waves) => {
    const phases = Object.entries(jobs).map(([key, fields]) => [key, phase(fields)] as const)

    expect(planPhases({ jobs: Object.fromEntries(phases) })).toEqual(waves)
  })

  test('a cycle is refused instead of waited for', () => {
    const jobs = { a: phase({ needs: ['b'] }), b: phase({ needs: ['a'] }), c: phase({}) }

    expect(() => planPhases({ jobs })).toThrow('Phases wait for each other: a, b')
  })
})

const meet = (globs: readonly string[], others: readonly string[]) =>
  globs.some((glob) => others.some((other) => overlaps(glob, other)))

describe('any workflow without a cycle', () => {
  const globs = fc.subarray(['src/**', 'src/*.ts', 'test/**', 'docs/a.md', 'docs/**', '**/*.md'], {
    maxLength: 2,
  })
  /** Phases may only need earlier ones; shown to the planner in a shuffled order. */
  const jobs = fc
    .array(fc.record({ reads: globs, writes: globs, needs: fc.nat() }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((drafts) =>
      drafts.map(({ reads, writes, needs }, index) => {
        const earlier = Array.from({ length: index }, (_, at) => `p${at}`)
        const needed = earlier.filter((_, at) => (needs >> at) % 2 === 1)
        return [`p${index}`, phase({ reads, writes, needs: needed })] as const
      }),
    )
    .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
    .map((entries) => Object.fromEntries(entries))

  test('runs every phase once, after all it needs', () => {
    fc.assert(
      fc.property(jobs, (jobs) => {
        const waves = planPhases({ jobs })
        const waveOf = (key: string) => waves.findIndex((wave) => wave.includes(key))

        expect(waves.flat().toSorted()).toEqual(Object.keys(jobs).toSorted())
        for (const [key, { needs }] of Object.entries(jobs)) {
          for (const need of needs) expect(waveOf(need)).toBeLessThan(waveOf(key))
        }
      }),
    )
  })

  test('never runs two phases side by side that may disturb each other (K38)', () => {
    fc.assert(
      fc.property(jobs, (jobs) => {
        for (const wave of planPhases({ jobs })) {
          const together = wave.flatMap((key) => jobs[key] ?? [])
          const pairs = together.flatMap((one, at) =>
            together.slice(at + 1).map((other) => [one, other] as const),
          )
          for (const [one, other] of pairs) {
            expect(meet(one.writes, [...other.reads, ...other.writes])).toBe(false)
            expect(meet(other.writes, one.reads)).toBe(false)
          }
        }
      }),
    )
  })
})
