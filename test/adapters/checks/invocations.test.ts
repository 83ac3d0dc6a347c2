import { describe, expect, test } from 'vitest'

import { invocationsOf } from '#adapters/checks/invocations.ts'
import type { Package, Packages } from '#adapters/checks/packages.ts'

function packages(
  root: Readonly<Record<string, string>>,
  inner: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Packages {
  const workspaces: Package[] = Object.entries(inner).map(([directory, scripts]) => ({
    directory,
    name: `@shop/${directory.split('/').at(-1)}`,
    scripts,
  }))
  const all = [{ directory: '.', name: 'shop', scripts: root }, ...workspaces]
  const at = (directory: string) => all.find((each) => each.directory === directory) ?? null
  return { at, isBroken: false, workspaces, compiler: null }
}

function read(command: string, of: Packages, directory = '.'): string[] {
  return invocationsOf(command, directory, of).map(
    ({ tool, argv, directory: place }) =>
      `${tool} | ${argv.join(' ')}${place === '.' ? '' : ` @ ${place}`}`,
  )
}

const root = packages({
  lint: 'eslint src --max-warnings 0',
  'lint:es': 'eslint .',
  'lint:fmt': 'prettier --check .',
  'lint:deep:x': 'knip',
  types: 'tsc --noEmit',
  test: 'vitest run',
  pretest: 'npm run types',
  posttest: 'echo done',
  all: 'run-s lint:* types',
  both: 'concurrently -n a,b "npm:lint:*" "npm run types"',
  loop: 'npm run loop && tsc',
  ci: 'npm run lint && npm t',
})

describe('a command is followed to the tools behind it', () => {
  test.each([
    ['tsc', ['tsc | tsc']],
    ['npx tsc -p tsconfig.build.json', ['tsc | tsc -p tsconfig.build.json']],
    ['npx --no-install -p typescript tsc', ['tsc | tsc']],
    ['npm run lint', ['eslint | eslint src --max-warnings 0']],
    ['npm run lint -- --quiet', ['eslint | eslint src --max-warnings 0 --quiet']],
    ['npm run --silent lint', ['eslint | eslint src --max-warnings 0']],
    ['npm test', ['tsc | tsc --noEmit', 'vitest | vitest run']],
    ['npm t', ['tsc | tsc --noEmit', 'vitest | vitest run']],
    ['pnpm lint --quiet', ['eslint | eslint src --max-warnings 0 --quiet']],
    ['pnpm exec eslint .', ['eslint | eslint .']],
    ['pnpm biome ci .', ['biome | biome ci .']],
    ['yarn lint', ['eslint | eslint src --max-warnings 0']],
    ['yarn run types', ['tsc | tsc --noEmit']],
    ['yarn eslint .', ['eslint | eslint .']],
    ['bun run types', ['tsc | tsc --noEmit']],
    ['bunx oxlint', ['oxlint | oxlint']],
    ['vue-tsc --noEmit', ['tsc | vue-tsc --noEmit']],
    ['c8 mocha test', ['mocha | mocha test']],
    ['tsx --test src/*.test.ts', ['node-test | tsx --test src/*.test.ts']],
    ['tsx scripts/a.ts', ['command | tsx scripts/a.ts']],
    ['npx ava', ['ava | ava']],
    ['bun test', ['command | bun test']],
    ['node --run types', ['tsc | tsc --noEmit']],
    ['node --test test/', ['node-test | node --test test/']],
    ['node ./node_modules/eslint/bin/eslint.js src', ['eslint | eslint src']],
    ['./node_modules/.bin/prettier --check .', ['prettier | prettier --check .']],
    ['cross-env NODE_ENV=test vitest run', ['vitest | vitest run']],
    ['NODE_OPTIONS=--max-old-space-size=4096 eslint .', ['eslint | eslint .']],
    ['c8 --reporter lcov node --test', ['node-test | node --test']],
    ['npm run all', ['eslint | eslint .', 'prettier | prettier --check .', 'tsc | tsc --noEmit']],
    ['npm run both', ['eslint | eslint .', 'prettier | prettier --check .', 'tsc | tsc --noEmit']],
    ['run-p "lint:**"', ['eslint | eslint .', 'prettier | prettier --check .', 'knip | knip']],
    [
      'npm run ci',
      ['eslint | eslint src --max-warnings 0', 'tsc | tsc --noEmit', 'vitest | vitest run'],
    ],
    ['pnpm run "/^lint:(es|fmt)$/"', ['eslint | eslint .', 'prettier | prettier --check .']],
    ['pnpm run "/^lint:.*t$/"', ['prettier | prettier --check .']],
    ['pnpm run "/^(l+)+$/"', ['command | npm run /^(l+)+$/']],
    ['npm run loop', ['tsc | tsc']],
    ['npm run lint; npm run lint', ['eslint | eslint src --max-warnings 0']],
    ['tsc 2>&1 | tee log.txt', ['tsc | tsc']],
    ['eslint . || true', ['eslint | eslint .']],
    ['eslint "src/**/*.ts" \'test/*.ts\'', ['eslint | eslint src/**/*.ts test/*.ts']],
    ['eslint src/**/*.ts', ['eslint | eslint src/**/*.ts']],
    ['npm run \\\n  lint\nnpx tsc', ['eslint | eslint src --max-warnings 0', 'tsc | tsc']],
    ['biome migrate', ['command | biome migrate']],
    ['eslint --version', ['command | eslint --version']],
    ['npm run missing', ['command | npm run missing']],
    ['eslint $FILES', ['command | eslint $FILES']],
    ['for f in *; do eslint $f; done', ['command | bash -c for f in *; do eslint $f; done']],
    ['eslint $(git ls-files)', ['command | bash -c eslint $(git ls-files)']],
    ['turbo run lint', ['command | turbo run lint']],
    ['echo hello', []],
  ])('%s', (command, expected) => {
    expect(read(command, root)).toEqual(expected)
  })
})

describe('in a workspace, a command is followed into its packages', () => {
  const shop = packages(
    { lint: 'pnpm -r lint', test: 'npm test --workspaces --if-present' },
    { 'packages/api': { lint: 'eslint .', test: 'jest' }, 'packages/web': { lint: 'oxlint' } },
  )
  const lints = ['eslint | eslint . @ packages/api', 'oxlint | oxlint @ packages/web']

  test.each([
    ['npm run lint', lints],
    ['npm test', ['jest | jest @ packages/api']],
    ['npm run lint -w packages/web', ['oxlint | oxlint @ packages/web']],
    ['npm run lint --workspace=@shop/api', ['eslint | eslint . @ packages/api']],
    ['pnpm --filter @shop/web lint', ['oxlint | oxlint @ packages/web']],
    ['pnpm --filter "./packages/*" run lint', lints],
    ['pnpm -F api... lint', []],
    ['yarn workspace @shop/api lint', ['eslint | eslint . @ packages/api']],
    ['yarn workspaces foreach -A run lint', lints],
    ['npm --prefix packages/api run lint', ['eslint | eslint . @ packages/api']],
    ['cd packages/web && npm run lint', ['oxlint | oxlint @ packages/web']],
    ['(cd packages/web && npm run lint); tsc', ['oxlint | oxlint @ packages/web', 'tsc | tsc']],
  ])('%s', (command, expected) => {
    expect(read(command, shop)).toEqual(expected)
  })
})

test('scripts that start each other without end are followed a bounded way', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [`s${at}`, `npm run s${at + 1} && npm run s${at + 2}`]),
  )

  const found = read('npm run s0', packages(chain))

  expect(found.length).toBeGreaterThan(0)
  expect(found.length).toBeLessThanOrEqual(300)
})

const tasked = packages(
  { lint: 'turbo run lint' },
  {
    'packages/a': { lint: 'eslint src', test: 'vitest run' },
    'packages/b': { lint: 'oxlint .' },
  },
)

test.each([
  ['turbo lint', ['eslint | eslint src @ packages/a', 'oxlint | oxlint . @ packages/b']],
  ['npm run lint', ['eslint | eslint src @ packages/a', 'oxlint | oxlint . @ packages/b']],
  [
    'turbo run lint test --filter=@shop/a --concurrency 2',
    ['eslint | eslint src @ packages/a', 'vitest | vitest run @ packages/a'],
  ],
  ['pnpm turbo lint --filter ./packages/b -- --quiet', ['oxlint | oxlint . --quiet @ packages/b']],
  [
    'nx run-many -t lint test -p @shop/a',
    ['eslint | eslint src @ packages/a', 'vitest | vitest run @ packages/a'],
  ],
  ['nx run-many --targets=lint,test --projects=@shop/b', ['oxlint | oxlint . @ packages/b']],
  ['lerna run test --scope @shop/a', ['vitest | vitest run @ packages/a']],
  ['turbo run deploy', ['command | turbo run deploy']],
  ['nx affected -t lint', ['command | nx affected -t lint']],
])('a runner of tasks starts the scripts of packages: %s', (command, calls) => {
  expect(read(command, tasked)).toEqual(calls)
})
