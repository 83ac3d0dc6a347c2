import { expect, test } from 'vitest'

import { workflow } from '#domain/workflow.ts'
import { workflowsFor } from '#engine/match.ts'

const named = (name: string, ...on: readonly string[]) =>
  workflow.parse({
    name,
    on,
    goal: { objective: 'x', criteria: [{ text: 'x', met: 'true' }] },
    jobs: { only: { steps: [{ uses: 'nothing' }] } },
  })

test('an event starts the workflows that ask for it, in order, and no other', () => {
  const all = [
    named('b', 'fix-requested'),
    named('x', 'other'),
    named('a', 'other', 'fix-requested'),
  ]

  const started = workflowsFor({ kind: 'fix-requested' }, all)

  expect(started.map(({ name }) => name)).toEqual(['b', 'a'])
})
