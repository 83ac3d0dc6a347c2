import { expect, test } from 'vitest'

import {
  checksIn as found,
  commandLines as lines,
  libraryScripts,
  reasonLines as reasons,
} from '../../support/workflow-files.ts'

const { format: _format, ...unformatted } = libraryScripts

const jobOf = (...runs: readonly string[]): Readonly<Record<string, string>> => {
  const steps = runs.map((run) => ({ run }))
  return { 'ci.yml': JSON.stringify({ on: 'push', jobs: { a: { 'runs-on': 'linux', steps } } }) }
}

test('where CI tests something else than the commit, the package’s own tests and types stand in', async () => {
  const against = ['npm run lint', 'npm install react@18', 'npm test']
  const here = ['npm run lint', 'npm run typecheck', 'npm test', 'npm install react@18', 'npm test']

  expect(lines(await found(jobOf(...against), unformatted))).toEqual([
    'a / npm run lint: npm run lint',
    'typecheck: npm run typecheck',
    'test: npm run test',
  ])
  expect(lines(await found(jobOf(...here), unformatted))).toHaveLength(3)
})

const compiled = {
  'package.json': { scripts: { lint: 'eslint .' }, devDependencies: { typescript: '6.0.3' } },
}

async function compiledWith(config: string, run = 'npm run lint'): Promise<string[]> {
  return lines(await found(jobOf(run), {}, { ...compiled, 'tsconfig.json': config }))
}

test('where nothing compiles, the compiler of the repository does, for the files of its own configuration', async () => {
  expect(await compiledWith('{}')).toEqual([
    'a / npm run lint: npm run lint',
    'types: npx --no-install tsc --noEmit',
  ])
  expect(await compiledWith('{}', 'npx tsc -b')).toEqual([
    'a / npx tsc -b: npx tsc -b',
    'lint: npm run lint',
  ])
  expect(await compiledWith('{ "files": [], "references": [] }')).toEqual([
    'a / npm run lint: npm run lint',
  ])
})

test.each([
  'npm pack',
  'npx rimraf ./dist',
  'jq .version package.json',
  'echo -e "a\\tb"',
  'npm config set audit false',
  'rm -rf coverage',
])('a step that judges nothing is no check: %s', async (run) => {
  const result = await found(jobOf(run, 'npm test'), { test: 'vitest run' })

  expect(lines(result)).toEqual(['a / npm test: npm test'])
  expect(reasons(result)).toEqual([])
})

test.each([
  ['node version.js $(git rev-parse HEAD)', 'It reads the git history'],
  ['if [ "$(git diff | wc -l)" -gt "0" ]; then\n  exit 1\nfi', 'It reads the git history'],
  ['npx @scope/types-right ./package.tgz', 'It needs a network'],
  ['npx sherif@1.9.0', 'It needs a network'],
  ['npm run bench:async', 'It measures speed'],
  ['node ./test/benchmark.js', 'It measures speed'],
  ['npx vitest bench --run', 'It measures speed'],
  ['c8 report --check-coverage', 'It reads what an earlier step left'],
  ['if true; then\n  npm rm --save-dev eslint\nfi', 'It sets up packages'],
])('what %s needs is not here', async (run, because) => {
  const result = await found(jobOf(run, 'npm test'), { test: 'vitest run' })

  expect(lines(result)).toEqual(['a / npm test: npm test'])
  expect(reasons(result).join()).toContain(because)
})

test('a job of benchmarks is no check, and a test of one is', async () => {
  const steps = [{ run: 'npm run build' }, { run: 'npm run compare' }]
  const jobs = { speed: { name: 'Regress benchmark', 'runs-on': 'linux', steps } }
  const files = {
    ...jobOf('npx vitest run test/benchmark-table.test.ts'),
    'b.yml': JSON.stringify({ on: 'push', jobs }),
  }
  const result = await found(files, {})

  expect(result.checks.map(({ name }) => name)).toEqual([
    'a / npx vitest run test/benchmark-table.test.ts',
  ])
  expect(reasons(result)).toEqual(['speed: It measures speed; that is not a check.'])
})

test('a file that a step lays out is there for what comes after it', async () => {
  const { checks } = await found(jobOf('cp .env.example .env', 'npm test'), { test: 'vitest run' })

  expect(checks.map(({ command, before }) => [command, before])).toEqual([
    ['npm test', ['cp .env.example .env']],
  ])
})
