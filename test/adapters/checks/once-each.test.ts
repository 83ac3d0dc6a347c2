import { expect, test } from 'vitest'

import { onceEach } from '#adapters/checks/once-each.ts'
import type { Check } from '#domain/check.ts'

function check(name: string, command: string, argv: readonly [string, ...string[]]): Check {
  const [program] = argv
  const tool = program === 'vitest' ? 'vitest' : 'prettier'
  return {
    name,
    command,
    directory: '.',
    origin: 'workflow',
    before: [],
    invocations: [{ tool, argv: [...argv], directory: '.' }],
    mode: 'apply',
  }
}

const names = (checks: readonly Check[]): readonly string[] =>
  onceEach({ checks, unreachable: [] }).checks.map(({ command }) => command)

test('the checking form of a script that writes is the script that checks the same files', () => {
  const derived = check('fix', 'npx --no-install prettier --check src', [
    'prettier',
    '--check',
    'src',
  ])
  const script = check('lint', 'pnpm lint', ['prettier', '-c', 'src'])
  expect(names([derived, script])).toEqual(['pnpm lint'])
})

test('the same tool on other files is another check', () => {
  const one = check('a', 'prettier -c src', ['prettier', '-c', 'src'])
  const other = check('b', 'prettier -c test', ['prettier', '-c', 'test'])
  expect(names([one, other])).toHaveLength(2)
})

test('a test run with another option is another check', () => {
  const one = check('a', 'vitest run', ['vitest', 'run'])
  const other = check('b', 'vitest run --coverage', ['vitest', 'run', '--coverage'])
  expect(names([one, other])).toHaveLength(2)
})
