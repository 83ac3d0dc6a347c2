import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import {
  checksIn as found,
  commandLines as lines,
  libraryScripts as scripts,
  reasonLines as reasons,
} from '../../support/workflow-files.ts'

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')

test('the run steps of a library’s workflow are its checks', async () => {
  const result = await found({ 'ci.yml': fixture('library.yml') }, scripts)

  expect(lines(result)).toEqual([
    'Test on Node 22 / Build: npm run build',
    'Test on Node 22 / Lint and types / npm run lint -- --max-warnings=0: npm run lint -- --max-warnings=0',
    'Test on Node 22 / Lint and types / npm run typecheck: npm run typecheck',
    'Test on Node 22 / npm test: npm test',
    'Test on Node 22 / Format: npx --no-install prettier --check .',
  ])
  expect(result.checks.map(({ before }) => before)).toEqual([
    [],
    ['npm run build'],
    ['npm run build'],
    ['npm run build'],
    [],
  ])
  expect(result.checks[1]?.invocations).toEqual([
    { tool: 'eslint', argv: ['eslint', '.', '--max-warnings=0'], directory: '.' },
  ])
})

test('what cannot be run here is told with its reason', async () => {
  const result = await found({ 'ci.yml': fixture('library.yml') }, scripts)

  expect(reasons(result).filter((each) => !each.includes('Node 24'))).toEqual([
    'Test on Node 22 / End to end: It needs a browser.',
    'Test on Node 22 / Upload: It uses secrets.',
    'Test on Node 22 / Experimental: Its failure is allowed.',
    'integration: It needs services beside it.',
    'release: It publishes or deploys; that is not a check.',
    'windows: It runs on windows-latest.',
  ])
})

test('directories, variables and a matrix of tasks are followed', async () => {
  const result = await found({ 'ci.yaml': fixture('monorepo.yml') }, { build: 'tsc -b' })

  expect(lines(result)).toEqual([
    'lint / pnpm lint: MODE=strict pnpm lint in packages/api',
    'lint / Root: MODE=strict pnpm build',
    'lint / Unit tests: export MODE=strict LEVEL=strict\ncd src\npnpm test in packages/api',
    'types / pnpm types: MODE=strict pnpm types in packages/api',
  ])
  expect(result.checks[2]?.before).toEqual(['(cd ../.. && MODE=strict pnpm build)'])
  expect(reasons(result).filter((each) => !each.startsWith('types'))).toEqual([
    'lint / From a step before: It uses steps.',
    'lint / Other shell: Its shell is pwsh.',
    'dynamic: Its matrix is computed while the workflow runs.',
    'elsewhere: It calls another workflow.',
  ])
})

test('for what workflows do not check the scripts stand in; without a check in them the scripts alone are asked', async () => {
  const release =
    'on: {push: {tags: ["v*"]}}\njobs: {x: {runs-on: ubuntu-latest, steps: [{run: npm run lint}]}}\n'
  const nightly =
    'on: {schedule: [{cron: "0 0 * * *"}]}\njobs: {x: {runs-on: ubuntu-latest, steps: [{run: npm test}]}}\n'
  const lint = 'on: push\njobs: {x: {runs-on: ubuntu-latest, steps: [{run: npm run lint}]}}\n'

  const beside = await found({ 'ci.yml': lint }, scripts)
  expect(beside.checks.map(({ name, origin }) => `${origin} ${name}`)).toEqual([
    'workflow x / npm run lint',
    'stand-in format',
    'stand-in typecheck',
    'stand-in test',
  ])
  expect(lines(await found({ 'a.yml': release, 'b.yml': nightly }, { lint: 'eslint .' }))).toEqual([
    'lint: npm run lint',
  ])
})

test('a workflow that GitHub would refuse is told, not guessed at', async () => {
  const result = await found(
    { 'ci.yml': 'on: push\njobs: {x: {runs-on: y, stepz: []}}\n', 'b.yml': ':::' },
    {},
  )

  expect(result.checks).toEqual([])
  expect(reasons(result)).toEqual([
    '.github/workflows/b.yml: GitHub would not accept this workflow file.',
    '.github/workflows/ci.yml: GitHub would not accept this workflow file.',
  ])
})

test('the same command in two workflows is one check', async () => {
  const one = 'on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: npm run lint}]}}\n'
  const two =
    'on: pull_request\njobs: {b: {runs-on: ubuntu-latest, steps: [{run: npm run lint}]}}\n'

  expect(lines(await found({ 'one.yml': one, 'two.yml': two }, { lint: 'eslint .' }))).toEqual([
    'a / npm run lint: npm run lint',
  ])
})

test.each([
  ['other versions', 'npm install react@18.0.0', false],
  ['versions that the matrix gives', 'pnpm add -D typescript@$TS_VER', false],
  ['files edited in place', "sed -i~ 's/strict/loose/' tsconfig.json", false],
  ['a manifest changed', 'npm pkg set type=module', false],
  ['a tool for the machine', 'npm install --global pnpm@10', true],
  ['what the lockfile says', 'npm install', true],
])(
  'what a job judges after %s is no check of the commit, unless that leaves it as it is',
  async (...[, before, isRun]) => {
    const steps = [{ run: 'npm ci' }, { run: 'npm run lint' }, { run: before }, { run: 'npm test' }]
    const jobs = { old: { 'runs-on': 'ubuntu-latest', steps } }
    const result = await found({ 'ci.yml': JSON.stringify({ on: 'push', jobs }) }, scripts)

    expect(lines(result).includes('old / npm test: npm test')).toBe(isRun)
    expect(lines(result)).toContain('old / npm run lint: npm run lint')
  },
)
