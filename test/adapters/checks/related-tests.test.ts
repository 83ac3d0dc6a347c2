import { expect, test } from 'vitest'

import { relatedTo } from '#adapters/checks/related-tests.ts'
import type { Check } from '#domain/check.ts'

import { checkOf, toolProject } from '../../support/tool-project.ts'

function related(check: Check, ...files: string[]): string {
  return relatedTo(check, files).command
}

test.each([
  ['vitest run', 'vitest related --run --passWithNoTests --coverage.enabled\\=false src/a.ts'],
  [
    'vitest run --coverage --project unit test/b.test.ts',
    'vitest related --run --passWithNoTests --coverage.enabled\\=false --project unit src/a.ts',
  ],
  ['jest --ci', 'jest --passWithNoTests --coverage\\=false --findRelatedTests src/a.ts'],
  [
    'jest --coverage -c jest.unit.js other',
    'jest -c jest.unit.js --passWithNoTests --coverage\\=false --findRelatedTests src/a.ts',
  ],
])('of `%s` the tests are run that reach the change', (command, expected) => {
  const tool = command.startsWith('jest') ? 'jest' : 'vitest'
  expect(related(checkOf([tool, command]), 'src/a.ts')).toBe(`npx --no ${expected}`)
})

test.each([
  ['where its runner knows no relations', checkOf(['node-test', 'node --test']), ['src/a.ts']],
  ['when two runners share it', checkOf(['vitest', 'vitest'], ['jest', 'jest']), ['src/a.ts']],
  [
    'when very much changed',
    checkOf(['vitest', 'vitest run']),
    Array.from({ length: 51 }, (_, at) => `src/${at}.ts`),
  ],
])('the whole check is run %s', (_when, check, files) => {
  expect(relatedTo(check, files)).toBe(check)
})

const project = {
  'package.json': '{"type":"module"}',
  'src/a.js': 'export const a = 1\n',
  'src/b.js': 'export const b = 2\n',
}

function testOf(name: string, head: string): string {
  return `${head}import { ${name} } from '../src/${name}.js'\ntest('${name} is a number', () => expect(typeof ${name}).toBe('number'))\n`
}

test('vitest runs the tests of what changed, and none where none reaches it', async () => {
  const head = "import { expect, test } from 'vitest'\n"
  const workspace = toolProject({
    ...project,
    'test/a.test.js': testOf('a', head),
    'test/b.test.js': testOf('b', head),
    'src/lonely.js': 'export {}\n',
  })
  const run = async (file: string) => {
    const command = related(checkOf(['vitest', 'vitest run --reporter=verbose']), file)
    return await workspace.run([], { command, directory: '.', env: { NO_COLOR: '1' } })
  }
  const [some, none] = [await run('src/a.js'), await run('src/lonely.js')]

  expect(some.stdout).toContain('a.test.js')
  expect(some.stdout).not.toContain('b.test.js')
  expect([some.end, none.end]).toEqual([
    { kind: 'exited', exitCode: 0 },
    { kind: 'exited', exitCode: 0 },
  ])
})
