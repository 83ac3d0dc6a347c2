import { expect, test } from 'vitest'

import { failedStepReader } from '#adapters/github/failed-step.ts'

function read(...lines: readonly string[]) {
  const reader = failedStepReader()
  const heard = lines.findIndex((line) => !reader.hear(`2026-11-21T05:00:00.1234567Z ${line}\r`))
  return { ...reader.failed(), isOver: heard !== -1 }
}

const escape = String.fromCodePoint(27)
const step = (command: string, ...said: readonly string[]) => [
  `##[group]Run ${command}`,
  `${escape}[36;1m${command}${escape}[0m`,
  'shell: /usr/bin/bash -e {0}',
  '##[endgroup]',
  ...said,
]
const ended = (code: number) => `##[error]Process completed with exit code ${code}.`

test('the command that ended badly is told with what it printed and nothing else', () => {
  const found = read(
    ...step('npm ci', 'added 3 packages'),
    ...step('npm run lint', `${escape}[31ma.ts${escape}[0m`, '\t1:1  error  No', '', ended(1)),
    ...step('actions/upload-artifact@v5', 'never read'),
  )

  expect(found).toEqual({
    command: 'npm run lint',
    exitCode: 1,
    text: 'a.ts\n\t1:1  error  No',
    isOver: true,
  })
})

test.each([
  [
    'an action that failed: what comes after it is only cleaning up',
    [...step('actions/setup-node@v5', '##[error]No such version'), 'Post job cleanup.', 'bye'],
    { command: 'actions/setup-node@v5', exitCode: null, text: '##[error]No such version' },
  ],
  [
    'a warning of an earlier step does not stand for the step that failed',
    [...step('npm test', '##[error]only a comment'), ...step('npm run build', 'boom', ended(2))],
    { command: 'npm run build', exitCode: 2, text: 'boom' },
  ],
  [
    'a job that was stopped: the last words',
    [...step('npm test', 'still waiting')],
    { command: 'npm test', exitCode: null, text: 'still waiting' },
  ],
  ['an empty log', [], { command: null, exitCode: null, text: '' }],
] as const)('%s', (_which, lines, expected) => {
  expect(read(...lines)).toMatchObject(expected)
})

test('of a step that printed a gigabyte the end is kept, in little memory', () => {
  const reader = failedStepReader()
  for (const line of step('npm test')) reader.hear(line)
  for (let line = 0; line < 200_000; line += 1) reader.hear(`${line} ${'x'.repeat(100)}`)
  reader.hear('y'.repeat(1_000_000))

  const { text } = reader.failed()
  expect(text.length).toBeLessThanOrEqual(16_000)
  expect(text).toMatch(/199999 x+\ny{4000}$/)
})

test('secrets, control characters and letters that turn the text around are taken out', () => {
  const token = `ghp_${'a'.repeat(36)}`
  const { text, command } = read(
    ...step(`curl -H "x: ${token}"`, `token ${token}`, 'a\u202Eb\u0007c\u200Bd', ended(1)),
  )

  expect(command).not.toContain(token)
  expect(text).toBe('token [redacted]\nabcd')
})
