import { expect, test } from 'vitest'

import type { StopReason } from '#domain/restraint.ts'
import type { StepKind } from '#ports/step.ts'
import { waitsWhileStopped } from '#steps/stopped.ts'

import { contextOf } from '../support/fix-world.ts'
import { hostedContext } from '../support/hosted-world.ts'

type Effect = StepKind['sideEffect']

test.each<[StopReason | null, Effect, string | null]>([
  ['paused', 'external', 'wait'],
  ['switched-off', 'repo', 'wait'],
  ['paused', 'none', null],
  [null, 'external', null],
])(
  'told %s, a step with the effect %s has the ending %s',
  async (because, sideEffect, expected) => {
    const { context } = hostedContext()
    const waits = await waitsWhileStopped({ of: async () => because }, { sideEffect }, context)
    expect(waits?.kind ?? null).toBe(expected)
  },
)

test('what somebody asked on the command line is not stopped by what is said on GitHub', async () => {
  const asked: unknown[] = []
  const stops = { of: async (one: unknown) => (asked.push(one), 'paused' as const) }
  expect(await waitsWhileStopped(stops, { sideEffect: 'external' }, contextOf().context)).toBeNull()
  expect(asked).toEqual([])
})
