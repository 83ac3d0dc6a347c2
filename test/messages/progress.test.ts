import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Progress } from '#domain/progress.ts'
import { duration } from '#messages/duration.ts'
import { progressLine, progressTree, totalLine } from '#messages/progress.ts'

const minute = 60_000
const ended = (step: string, facts: string, durationMs: number) =>
  ({ kind: 'step-ended', phase: 'a', step, state: 'succeeded', facts, durationMs }) as const

const told: readonly Progress[] = [
  { kind: 'phase-started', phase: 'a', name: 'Pre-Release Validation' },
  { kind: 'step-started', phase: 'a', step: 'tests', name: 'Running test suite' },
  ended('tests', '458 tests, 0 failures', 12 * minute),
  { kind: 'step-started', phase: 'a', step: 'scan', name: 'Security scan' },
  { kind: 'note', phase: 'a', step: 'scan', text: 'Analyzing vulnerability...' },
  { kind: 'note', phase: 'a', step: 'scan', text: 'Found approved exception' },
  { ...ended('scan', '1 medium vulnerability found', 2000), state: 'failed' },
  { kind: 'step-started', phase: 'a', step: 'old', name: 'Reading the cache' },
  { ...ended('old', 'nothing to read', 0), state: 'skipped' },
  { kind: 'step-started', phase: 'a', step: 'migrate', name: 'Validating migrations' },
  ended('migrate', '3 migrations validated', minute),
  { kind: 'note', phase: 'a', step: 'migrate', text: 'All of them\u001B[2J apply' },
  { kind: 'phase-ended', phase: 'a', state: 'succeeded', durationMs: 15 * minute },
  { kind: 'phase-started', phase: 'b', name: 'Artifact Creation' },
  { kind: 'step-started', phase: 'b', step: 'tests', name: 'Building Docker image' },
]

test('the tree is drawn as in the document', () => {
  const golden = readFileSync(join(import.meta.dirname, 'golden/progress.txt'), 'utf8')

  expect(`${progressTree(told)}\n`).toBe(golden)
})

test('a log has one line for everything that begins or ends, and none that changes later', () => {
  const golden = readFileSync(join(import.meta.dirname, 'golden/progress-lines.txt'), 'utf8')
  const lines = told.flatMap((_, index) => progressLine(told.slice(0, index + 1)) ?? [])

  expect(`${lines.join('\n')}\n`).toBe(golden)
})

test('what is passed over without a beginning is no news', () => {
  expect(progressLine([{ ...ended('verify', '', 0), state: 'skipped' }])).toBe(null)
  expect(progressLine([{ kind: 'phase-ended', phase: 'b', state: 'skipped', durationMs: 0 }])).toBe(
    null,
  )
})

test('where two steps go on side by side, each end says whose it is', () => {
  const tests = { kind: 'step-started', phase: 'a', step: 'tests', name: 'tests' } as const
  const scan = { ...tests, step: 'scan', name: 'scan' }

  expect(progressLine([tests, scan, ended('tests', '', 2000)])).toBe(
    '├── tests... ✓ COMPLETED (2 seconds)',
  )
})

test('an unannounced step is called by its key, and silence by nothing', () => {
  expect(progressLine([ended('tests', '', 10_000)])).toBe('├── tests... ✓ COMPLETED (10 seconds)')
  expect(progressLine([])).toBe(null)
})

test.each([
  [0, '0 ms'],
  [240, '240 ms'],
  [1000, '1 second'],
  [1440, '1.4 seconds'],
  [9960, '10 seconds'],
  [59_600, '1 minute'],
  [137_000, '2 minutes 17 seconds'],
  [15 * minute, '15 minutes'],
  [60 * minute, '1 hour'],
  [65 * minute, '1 hour 5 minutes'],
])('%i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test('the last line says how it ended', () => {
  expect(totalLine('Release Workflow', true, 55 * minute)).toBe(
    'Release Workflow: ✓ SUCCESS (55 minutes total)',
  )
  expect(totalLine('auto-fix', false, 1000)).toBe('auto-fix: ✗ FAILED (1 second total)')
})
