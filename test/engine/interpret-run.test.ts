import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { done, failed, stage } from '../support/stage.ts'

const play = () =>
  stage(
    {
      first: { steps: [{ uses: 'fine' }, { uses: 'refuse', if: '${{ false }}' }] },
      second: { needs: ['first'], steps: [{ uses: 'fine' }, { uses: 'fine' }] },
    },
    { fine: () => done(), refuse: () => failed() },
  )

describe('a run that is replayed', () => {
  test('asks for the same in the same order, does nothing again and tells nothing again', async () => {
    const { perform, calls, told, memory } = play()
    const result = await perform()
    const [asked, did, heard] = [[...memory.asked], [...calls], [...told]]

    const again = await perform()

    expect(again).toEqual(result)
    expect(memory.asked).toEqual([...asked, ...asked])
    expect(calls).toEqual(did)
    expect(told).toEqual(heard)
  })

  test('tells of each phase and step as it happens', async () => {
    const { perform, told } = play()

    await perform()

    const line = z.looseObject({ kind: z.string(), phase: z.string() })
    expect(
      told.map((progress) => {
        const { kind, phase, step, state } = line.parse(progress)
        return [kind, phase, step, state].filter(Boolean).join(' ')
      }),
    ).toEqual([
      'phase-started first',
      'step-started first step-1',
      'step-ended first step-1 succeeded',
      'step-ended first step-2 skipped',
      'phase-ended first succeeded',
      'phase-started second',
      'step-started second step-1',
      'step-ended second step-1 succeeded',
      'step-started second step-2',
      'step-ended second step-2 succeeded',
      'phase-ended second succeeded',
    ])
  })
})
