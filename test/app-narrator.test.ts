import { expect, test } from 'vitest'

import { serviceNarrator } from '../src/app-narrator.ts'

test('each line of the log names its run, and runs that go on together do not mix', () => {
  const lines: string[] = []
  const { tell } = serviceNarrator((line) => lines.push(line))
  const phase = 'fix'

  tell('run_a', { kind: 'phase-started', phase, name: 'Repair it' })
  tell('run_b', { kind: 'phase-started', phase, name: 'Repair it' })
  tell('run_a', { kind: 'step-started', phase, step: 'climb', name: 'Climb' })
  tell('run_a', { kind: 'note', phase, step: 'climb', text: 'Formatted a.ts' })
  const ended = { state: 'succeeded', facts: '2 red', durationMs: 5 } as const
  tell('run_a', { kind: 'step-ended', phase, step: 'climb', ...ended })

  expect(lines).toEqual([
    'run_a Phase 1: Repair it [In Progress]',
    'run_b Phase 1: Repair it [In Progress]',
    'run_a ├── Climb...',
    'run_a │   └── Formatted a.ts',
    'run_a │   ✓ COMPLETED (2 red, 5 ms)',
  ])
})
