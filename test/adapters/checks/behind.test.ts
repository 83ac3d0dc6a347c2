import { afterEach, beforeEach, expect, test } from 'vitest'

import { createChecks } from '#adapters/checks/checks.ts'
import type { Check } from '#domain/check.ts'

import { directoryOf } from '../../support/files.ts'

const quality = `on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    steps: [{ run: npm ci }, { run: npm run lint }]
  both:
    name: Types and tests
    runs-on: ubuntu-latest
    steps: [{ run: npm run types }, { run: npm test }]
  old:
    name: Node \${{ matrix.node }}
    strategy: { matrix: { node: [20, 22] } }
    runs-on: ubuntu-latest
    steps: [{ run: npm test }]
  base:
    services: { db: { image: postgres } }
    runs-on: ubuntu-latest
    steps: [{ run: npm run e2e }]
`
const nightly =
  'on: push\njobs: { lint: { runs-on: ubuntu-latest, steps: [{ run: npm run format }] } }\n'

let place: ReturnType<typeof directoryOf>
let known: readonly Check[]
const checks = createChecks()

beforeEach(async () => {
  const scripts = { lint: 'eslint .', types: 'tsc', test: 'vitest run', format: 'prettier -c .' }
  place = directoryOf({
    'package.json': { scripts },
    '.github/workflows/ci.yml': quality,
    '.github/workflows/nightly.yml': nightly,
  })
  known = (await checks.find(place.directory, null, [])).checks
})

afterEach(() => place.remove())

const behind = (name: string, workflow: string | null = '.github/workflows/ci.yml') =>
  checks.behind(place.directory, known, [{ name, workflow }])

test.each([
  ['a job by its key', 'lint', ['lint / npm run lint']],
  [
    'a job by its name',
    'Types and tests',
    ['Types and tests / npm run types', 'Types and tests / npm test'],
  ],
  ['a job by its place in a matrix', 'lint (24, linux)', ['lint / npm run lint']],
  ['a job whose name holds an expression', 'Node 22', ['Types and tests / npm test']],
  ['no job by the key of one that has a name', 'both', []],
  ['no job that nobody knows', 'deploy', []],
])('%s', async (_which, name, expected) => {
  expect(await behind(name)).toEqual([{ checks: expected, unreachable: [] }])
})

test('a job of which the file is not known is looked for in all', async () => {
  const [found] = await behind('lint', null)
  expect(found?.checks).toEqual(['lint / npm run lint', 'lint / npm run format'])
})

test('what of a job cannot be run here is told with its reason', async () => {
  expect(await behind('base')).toEqual([
    { checks: [], unreachable: ['base: It needs services beside it.'] },
  ])
})

const of = (name: string, command: string): Check => ({
  name,
  command,
  directory: '.',
  origin: 'configuration',
  before: [],
  invocations: [{ tool: 'eslint', argv: ['eslint', '.'], directory: '.' }],
  mode: 'apply',
})

test('a configured check is known by what it does, or by its name', async () => {
  const configured = [of('style', 'npm run lint'), of('lint', 'make')]
  const [found] = await checks.behind(place.directory, configured, [
    { name: 'lint', workflow: '.github/workflows/ci.yml' },
  ])
  expect(found?.checks).toEqual(['style', 'lint'])
})
