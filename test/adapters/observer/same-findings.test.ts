import { describe, expect, test } from 'vitest'

import { fingerprint } from '#domain/finding.ts'

import { freshObserver } from '../../support/fix-request.ts'
import { hostSandbox } from '../../support/host-sandbox.ts'
import { checkOf, toolProject } from '../../support/tool-project.ts'

const tests = `
describe('math', () => {
  test('adds', () => { expect(1).toBe(2) })
  test('is slow', async () => { await new Promise((done) => setTimeout(done, 300)) }, 50)
})
test('reads', () => { null.x })
test('greets', () => { expect('b').toMatchInlineSnapshot('"a"') })
`
const files = {
  'package.json': '{"type":"module"}\n',
  'eslint.config.js': "export default [{ rules: { 'prefer-const': 2, 'no-debugger': 2 } }]\n",
  'tsconfig.json':
    '{"compilerOptions":{"strict":true,"noEmit":true,"types":[],"skipLibCheck":true},"include":["src/*.ts"]}\n',
  'src/a.js': 'let  a = 1\ndebugger\nexport { a }\n',
  'src/a.ts': "export const a: number = 'x'\nexport const  b = missing\n",
  'vi/a.test.js': `import { describe, expect, test } from 'vitest'\n${tests}`,
  'vi/b.test.js': "import { test } from 'vitest'\nimport './nowhere.js'\n",
  'je/package.json': '{"type":"commonjs"}\n',
  'je/a.test.js': tests,
  'je/b.test.js': "require('./nowhere'); test('x', () => {})\n",
  'je/c.test.js': "const = ; test('x', () => {})\n",
  'no/a.test.js': `import { describe, test } from 'node:test'\nimport assert from 'node:assert'
describe('math', () => {
  test('adds', () => { assert.equal(1, 2) })
  describe('more', () => { test('a > b', () => { null.x }) })
  test('is fine', () => {})
  test('later', { todo: true }, () => { throw new Error('not yet') })
})
test('is slow', { timeout: 50 }, async () => { await new Promise((done) => setTimeout(done, 300)) })
test('whole', async (t) => { await t.test('part', () => { throw new Error('no\\nway') }) })\n`,
  'no/b.test.js': "import './nowhere.js'\n",
  'mo/a.test.js': `import assert from 'node:assert'
describe('math', () => {
  it('adds', () => { assert.equal(1, 2) })
  it('is slow', async () => { await new Promise((done) => setTimeout(done, 300)) }).timeout(50)
})
it('reads', () => { null.x })\n`,
  'mo/b.test.js': "import './nowhere.js'\n",
  'mo/c.test.cjs': "require('./nowhere')\n",
}

const lint = (prefix: string) => [`${prefix}(no-debugger) | src/a.js | null`]
const runner = (tool: string, folder: string, more: readonly string[] = []) => [
  `${tool} | import | ${folder}/b.test.js | null`,
  `${tool} | snapshot | ${folder}/a.test.js | greets`,
  `${tool} | timeout | ${folder}/a.test.js | math > is slow`,
  `${tool} | TypeError | ${folder}/a.test.js | reads`,
  ...more,
]

/** Each tool's call, the runs it takes to understand it, and what it must say without the message. */
const table = [
  [
    'eslint',
    'eslint src',
    1,
    ['eslint | no-debugger | src/a.js | null', 'eslint | prefer-const | src/a.js | null'],
  ],
  ['oxlint', 'oxlint --deny-warnings src/a.js', 1, lint('oxlint | eslint')],
  [
    'prettier',
    'prettier --check src',
    1,
    ['prettier | format | src/a.js | null', 'prettier | format | src/a.ts | null'],
  ],
  [
    'oxfmt',
    'oxfmt --check src',
    1,
    ['oxfmt | format | src/a.js | null', 'oxfmt | format | src/a.ts | null'],
  ],
  [
    'biome',
    'biome check src/a.js',
    1,
    [
      'biome | assist/source/organizeImports | src/a.js | null',
      'biome | format | src/a.js | null',
      'biome | lint/suspicious/noDebugger | src/a.js | null',
    ],
  ],
  ['tsc', 'tsc', 1, ['tsc | TS2304 | src/a.ts | null', 'tsc | TS2322 | src/a.ts | null']],
  [
    'vitest',
    'vitest run vi',
    1,
    runner('vitest', 'vi', ['vitest | AssertionError | vi/a.test.js | math > adds']),
  ],
  [
    'jest',
    'jest je',
    1,
    runner('jest', 'je', [
      'jest | null | je/a.test.js | math > adds',
      'jest | null | je/c.test.js | null',
    ]),
  ],
  [
    'mocha',
    'mocha mo/a.test.js',
    2,
    [
      'mocha | AssertionError | mo/a.test.js | math adds',
      'mocha | timeout | mo/a.test.js | math is slow',
      'mocha | TypeError | mo/a.test.js | reads',
    ],
  ],
  ['mocha', 'mocha mo/b.test.js', 1, ['mocha | import | mo/b.test.js | null']],
  ['mocha', 'mocha mo/c.test.cjs', 1, ['mocha | import | mo/c.test.cjs | null']],
  [
    'node-test',
    'node --test no/a.test.js no/b.test.js',
    1,
    [
      'node-test | AssertionError | no/a.test.js | math > adds',
      'node-test | null | no/a.test.js | whole > part',
      'node-test | null | no/a.test.js | is slow',
      'node-test | TypeError | no/a.test.js | math > more > a > b',
      'node-test | import | no/b.test.js | null',
    ],
  ],
] as const

describe('the findings of a real tool', () => {
  test.each(table.map(([tool, line, runs, said]) => ({ tool, line, runs, said })))(
    'are the same from the output of $line and from its report',
    async ({ tool, line, runs, said }) => {
      const check = checkOf([tool, line])
      const sandbox = hostSandbox()
      const workspace = toolProject(files, sandbox)

      const plain = await freshObserver().observe(workspace, check, [])
      const taken = sandbox.runs()
      const silent = { ...check, command: `(${check.command}) > /dev/null 2>&1` }
      const reported = await freshObserver().observe(workspace, silent, [])

      const known = plain.findings.map(fingerprint).toSorted()
      expect(known.map((each) => each.split(' | ').slice(0, 4).join(' | ')).toSorted()).toEqual(
        [...said].toSorted(),
      )
      expect(reported.findings.map(fingerprint).toSorted()).toEqual(known)
      expect(taken).toBe(runs)
    },
  )
})
