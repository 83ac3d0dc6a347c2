import { describe, expect, test } from 'vitest'

import { inOrder } from '#steps/by-experience.ts'

import { climbing, edit, red, right, scripted, unit, wrong } from '../support/coder-climb.ts'
import { memoryLessons } from '../support/lessons.ts'

describe('candidates', () => {
  const failure = { check: unit, evidence: red, targets: red.findings, preExisting: [] }
  const candidates = ['a', 'b', 'c'].map((strategy) => ({
    strategy,
    description: strategy,
    rootCause: '',
    patch: edit(right, `${strategy}.ts`),
    risk: 'safe' as const,
  }))
  const tally = { kind: 'vitest/-', tried: 9 }
  const known = [
    { ...tally, strategy: 'a', kept: 0 },
    { ...tally, strategy: 'c', kept: 9 },
  ]
  const ordered = (more: object = {}, all = candidates) => {
    const notes: string[] = []
    const note = (text: string): void => void notes.push(text)
    const names = inOrder({ failure, known, note, ...more }, all).map(({ strategy }) => strategy)
    return { names, notes }
  }

  test('that worked before come first, and those that keep failing are left out and told', () => {
    expect(ordered()).toEqual({
      names: ['c', 'b'],
      notes: ['left out a: for failures of this kind it helped here 0 of 9 times'],
    })
  })

  test('keep their order where nothing is known, and where each stands on the one before it', () => {
    expect(ordered({ known: [] }).names).toEqual(['a', 'b', 'c'])
    const stack = candidates.map((one) => ({ ...one, stacked: true }))
    expect(ordered({}, stack).names).toEqual(['a', 'b', 'c'])
  })
})

describe('what was learned', () => {
  const tally = { kind: 'vitest/-', strategy: 'coder/fake/one', kept: 0, tried: 9 }

  test('of each attempt is kept for the kind of failure, what helped and what did not', async () => {
    const { lessons, learned } = memoryLessons()
    const { coder } = scripted(edit(wrong), edit(right))
    await climbing([], { ports: { coder, lessons } }).run()
    const lesson = { kind: 'vitest/-', strategy: 'coder/fake/one' }
    expect(learned).toEqual([
      { ...lesson, isKept: false },
      { ...lesson, isKept: true },
    ])
  })

  test.each([
    ['keeps failing for it is not asked again', 9, 0],
    ['may still do is asked', 8, 1],
  ])('a model that %s', async (_title, tried, times) => {
    const { lessons } = memoryLessons([{ ...tally, tried }])
    const { coder, asked } = scripted(edit(right))
    const { notes } = await climbing([], { ports: { coder, lessons } }).run()
    expect(asked).toHaveLength(times)
    expect(notes.some((note) => note.includes('it helped here 0 of 9 times'))).toBe(times === 0)
  })

  test('a network that fails teaches nothing', async () => {
    const { lessons, learned } = memoryLessons()
    const { coder } = scripted({ kind: 'ended', because: 'unreachable', detail: '' })
    await climbing([], { ports: { coder, lessons } }).run()
    expect(learned).toEqual([])
  })
})
