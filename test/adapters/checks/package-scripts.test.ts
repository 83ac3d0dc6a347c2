import { afterEach, expect, test } from 'vitest'

import { createChecks } from '#adapters/checks/checks.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'

import { directoryOf } from '../../support/files.ts'

const made: { remove(): void }[] = []
afterEach(() => made.splice(0).forEach((each) => each.remove()))

async function found(
  files: Readonly<Record<string, string | object>>,
  asked: readonly string[] = [],
) {
  const { directory, remove } = directoryOf(files)
  made.push({ remove })
  return createChecks().find(directory, null, asked)
}

const shown = ({ checks }: Awaited<ReturnType<typeof found>>): string[] =>
  checks.map(
    ({ name, command, directory }) =>
      `${name}: ${command}${directory === '.' ? '' : ` in ${directory}`}`,
  )

test.each([
  [
    'the variants that only look come first',
    {
      format: 'prettier --write .',
      'format:check': 'prettier --check .',
      lint: 'eslint .',
      'lint:fix': 'eslint --fix',
    },
    ['format:check: npm run format:check', 'lint: npm run lint'],
  ],
  [
    'a script that writes is turned into its checking form',
    { format: 'prettier --write src', lint: 'eslint . --fix' },
    ['format: npx --no-install prettier --check src', 'lint: npx --no-install eslint .'],
  ],
  [
    'types, a compiling build and tests are checks',
    { typecheck: 'tsc --noEmit', build: 'tsc -p .', test: 'vitest run' },
    ['typecheck: npm run typecheck', 'build: npm run build', 'test: npm run test'],
  ],
  [
    'a build that does not compile types is none',
    { build: 'vite build', test: 'jest' },
    ['test: npm run test'],
  ],
  [
    'a gathering script adds only what nobody else runs',
    { lint: 'eslint .', check: 'npm run lint && knip' },
    ['lint: npm run lint', 'check / knip: npx --no-install knip'],
  ],
  ['a gathering script alone is a check', { check: 'biome check .' }, ['check: npm run check']],
  [
    'several lint scripts stand side by side when they differ',
    { lint: 'npm run lint:es && npm run lint:js', 'lint:es': 'eslint .', 'lint:js': 'oxlint' },
    ['lint: npm run lint'],
  ],
  [
    'the placeholder of npm init is no test',
    { test: 'echo "Error: no test specified" && exit 1' },
    [],
  ],
  ['a configuration without a script is no check', {}, []],
])('%s', async (_title, scripts, expected) => {
  expect(shown(await found({ 'package.json': { scripts }, '.prettierrc': '{}' }))).toEqual(expected)
})

test('a package.json that nobody can read is told', async () => {
  const { checks, unreachable } = await found({ 'package.json': '{"scripts":{"test":"jest"},}' })

  expect(checks).toEqual([])
  expect(unreachable).toEqual([
    { name: 'package.json', because: 'It is no JSON that can be read.' },
  ])
})

test('a script that no one can check is told with the reason', async () => {
  const { checks, unreachable } = await found({
    'package.json': {
      scripts: {
        format: 'make pretty && prettier --write .',
        'test:e2e': 'x',
        test: 'playwright test',
      },
    },
  })

  expect(checks).toEqual([])
  expect(unreachable).toEqual([
    { name: 'format', because: 'It changes files (prettier --write .).' },
    { name: 'test', because: 'It needs a browser.' },
  ])
})

test('the packages of a workspace are asked only when the root has no check', async () => {
  const inner = {
    'packages/api/package.json': { name: '@shop/api', scripts: { lint: 'eslint .' } },
    'packages/web/package.json': { scripts: { lint: 'oxlint' } },
    'packages/node_modules/x/package.json': { scripts: { lint: 'evil' } },
  }
  const pnpm = {
    ...inner,
    'package.json': {},
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'pnpm-lock.yaml': '',
  }

  expect(shown(await found(pnpm))).toEqual([
    '@shop/api / lint: pnpm run lint in packages/api',
    'packages/web / lint: pnpm run lint in packages/web',
  ])
  const withRoot = {
    ...inner,
    'package.json': { workspaces: ['packages/*'], scripts: { lint: 'npm run lint -ws' } },
  }
  expect(shown(await found(withRoot))).toEqual(['lint: npm run lint'])
})

test('what was asked for is believed alone: a command, or the name of a check', async () => {
  const { checks } = await found(
    { 'package.json': { scripts: { lint: 'eslint .', test: 'jest' } } },
    ['tsc -b', 'lint'],
  )

  expect(checks.map(({ name, command, origin }) => [name, command, origin])).toEqual([
    ['tsc -b', 'tsc -b', 'command-line'],
    ['lint', 'npm run lint', 'package-script'],
  ])
})

test('the configuration comes before everything that is found', async () => {
  const { directory, remove } = directoryOf({ 'package.json': { scripts: { lint: 'eslint .' } } })
  made.push({ remove })
  const configuration = repositoryConfiguration.parse({
    checks: { Lint: { run: 'npm run lint', before: ['npm run gen'], mode: 'propose' } },
  })

  const { checks } = await createChecks().find(directory, configuration, [])

  expect(checks).toMatchObject([
    {
      name: 'Lint',
      before: ['npm run gen'],
      mode: 'propose',
      origin: 'configuration',
      invocations: [{ tool: 'eslint' }],
    },
  ])
})

test.each(['{', '[]', '"x"', '{"scripts": 3}', '{"scripts": {"lint": 1}}'])(
  'an odd package.json has no checks: %s',
  async (text) => {
    expect((await found({ 'package.json': text })).checks).toEqual([])
  },
)
