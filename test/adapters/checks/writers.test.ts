import { expect, test } from 'vitest'

import { checkingForm, writes } from '#adapters/checks/writers.ts'

test.each([
  ['prettier --write .', 'prettier --check .'],
  ['prettier -w src', 'prettier --check src'],
  ['prettier --check --write .', 'prettier --check .'],
  ['eslint . --fix', 'eslint .'],
  ['eslint --fix --max-warnings=0 src', 'eslint --max-warnings=0 src'],
  ['oxlint --fix', 'oxlint'],
  ['oxfmt', 'oxfmt --check'],
  ['oxfmt -c config/oxfmt.json', 'oxfmt --check -c config/oxfmt.json'],
  ['oxfmt src --write', 'oxfmt --check src'],
  ['biome check --write .', 'biome check .'],
  ['biome format --fix', 'biome format'],
  ['vitest run -u', 'vitest run'],
  ['vitest --watch', 'vitest'],
  ['jest --updateSnapshot', 'jest'],
  ['tsc --watch', 'tsc'],
  ['dprint fmt', 'dprint check'],
])('%s writes, and its checking form is %s', (command, checking) => {
  const argv = command.split(' ')

  expect(writes(argv)).toBe(true)
  expect(checkingForm(argv)?.join(' ')).toBe(checking)
})

test.each([
  'prettier --check .',
  'prettier -l .',
  'eslint .',
  'oxfmt --check',
  'biome ci',
  'vitest run',
  'tsc',
  'make',
])('%s judges as it is', (command) => {
  expect(writes(command.split(' '))).toBe(false)
  expect(checkingForm(command.split(' '))?.join(' ')).toBe(command)
})
