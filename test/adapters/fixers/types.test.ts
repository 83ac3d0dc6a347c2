import { join } from 'node:path'

import { expect, test } from 'vitest'

import { typesFixer } from '#adapters/fixers/types.ts'
import type { Finding } from '#domain/finding.ts'
import type { FixRequest } from '#ports/fixer.ts'
import type { Workspace } from '#ports/workspace.ts'

import { proposals } from '../../support/fix-request.ts'
import { found } from '../../support/observed.ts'
import { checkOf, toolProject } from '../../support/tool-project.ts'

const placed = {
  node: process.execPath,
  program: join(import.meta.dirname, '../../../src/adapters/codefixes/main.ts'),
}
const fixer = typesFixer(placed)

function complaint(name: string, line: number): Finding {
  const message = `Cannot find name '${name}'.`
  return found({ file: 'src/main.ts', line, rule: 'TS2552', message })
}

function request(workspace: Workspace, findings: readonly Finding[]): FixRequest {
  const check = checkOf(['tsc', 'tsc --noEmit'])
  return { workspace, check, patch: [], findings, snapshotsAllowed: false, recipes: [], base: null }
}

const typed = {
  'package.json': '{"type":"module"}',
  'tsconfig.json':
    '{"compilerOptions":{"module":"nodenext","strict":true,"types":[]},"include":["src"]}',
  'src/price.ts': 'export const price = (cents: number): string => `${cents / 100} €`\n',
}

test('two misspelt names of a file become two candidates, each on top of the one before', async () => {
  const broken =
    "import { price } from './price.js'\n\nexport const a = pirce(1)\nexport const b = prcie(2)\n"
  const workspace = toolProject({ ...typed, 'src/main.ts': broken })
  const candidates = await proposals(
    fixer,
    request(workspace, [complaint('pirce', 3), complaint('prcie', 4)]),
  )

  expect(candidates.map(({ strategy, risk, stacked }) => [strategy, risk, stacked])).toEqual([
    ['types/spelling', 'safe', true],
    ['types/spelling', 'safe', true],
  ])
  expect(candidates[1]?.patch[0]?.content).toContain('price(1)\nexport const b = price(2)')
})

test('a test of a JavaScript project that cannot find its module gets the right path, its mock too', async () => {
  const workspace = toolProject({
    'package.json': '{"type":"module"}',
    'src/price.js': 'export const price = (cents) => cents / 100\n',
    'test/price.test.js':
      "import { expect, test, vi } from 'vitest'\nimport { price } from '../src/pirce.js'\n\nvi.mock('../src/pirce.js')\n\ntest('price', () => expect(price(100)).toBe(1))\n",
  })
  const message = "Cannot find module '../src/pirce.js' imported from test/price.test.js"

  const [candidate] = await proposals(
    fixer,
    request(workspace, [
      found({ tool: 'vitest', rule: null, file: 'test/price.test.js', line: null, message }),
    ]),
  )

  expect(candidate?.strategy).toBe('types/path')
  expect(candidate?.patch[0]?.content?.match(/'\.\.\/src\/price\.js'/g)).toHaveLength(2)
})

test('a failing test gets back the import that a changed file of its program had at the base', async () => {
  const was =
    "import { format as rate } from 'node:util'\n\nexport const price = (cents) => rate(cents)\n"
  const lost = was.replace(/^.*\n\n/, '')
  const workspace = toolProject({
    'package.json': '{"type":"module"}',
    'src/price.js': lost,
    'test/price.test.js': "import { price } from '../src/price.js'\n\nprice(1)\n",
  })
  const message = 'ReferenceError: rate is not defined'
  const failed = found({ tool: 'node-test', rule: null, file: 'test/price.test.js', message })
  const asked: string[] = []
  const base = {
    read: async (path: string) => {
      asked.push(path)
      return path === 'src/price.js' ? was : null
    },
    changed: async () => ['README.md', 'src/price.js'],
  }

  const [candidate] = await proposals(fixer, { ...request(workspace, [failed]), base })

  expect(candidate?.patch).toEqual([{ path: 'src/price.js', content: was }])
  // What did not change is not asked of git.
  expect(asked).toEqual(['src/price.js'])
})

test('a CommonJS module that requires a path in the wrong case gets the right one', async () => {
  const workspace = toolProject({
    'package.json': '{}',
    'src/price.js': 'const price = (cents) => cents / 100\n\nmodule.exports = { price }\n',
    'src/main.js':
      "const { price } = require('./Price')\n\nmodule.exports = { total: price(100) }\n",
  })
  const message = "Cannot find module './Price'"

  const [candidate] = await proposals(
    fixer,
    request(workspace, [
      found({ tool: 'jest', rule: null, file: 'src/main.js', line: 1, message }),
    ]),
  )

  expect(candidate?.patch[0]?.content).toContain("require('./price')")
})

test('a failing assertion alone brings no candidate', async () => {
  const workspace = toolProject({ ...typed, 'src/main.ts': 'export const one = 2\n' })
  const message = 'expected 2 to be 1'

  const candidates = await proposals(
    fixer,
    request(workspace, [found({ tool: 'vitest', rule: null, file: 'src/main.ts', message })]),
  )

  expect(candidates).toEqual([])
})

test.each([
  ['something else than JSON', 'process.stdout.write("fixed!")'],
  ['a path outside the workspace', answerWith('../../etc/passwd')],
  ['an absolute path', answerWith('/etc/passwd')],
])('an answer with %s is no answer', async (_title, program) => {
  const workspace = toolProject({ ...typed, 'evil.mjs': program })
  const forged = typesFixer({ node: process.execPath, program: 'evil.mjs' })

  expect(await proposals(forged, request(workspace, [found()]))).toEqual([])
})

function answerWith(path: string): string {
  const repair = { strategy: 'x', description: 'x', rootCause: 'x', risk: 'safe' }
  const answer = { repairs: [{ ...repair, edits: [{ path, content: '' }] }] }
  return `process.stdout.write(${JSON.stringify(JSON.stringify(answer))})`
}

test('a project that was opened ahead is asked once; what comes on top of edits is asked afresh', async () => {
  const broken = "import { price } from './price.js'\n\nexport const a = pirce(1)\n"
  const workspace = toolProject({ ...typed, 'src/main.ts': broken })
  const started: unknown[] = []
  const watched: Workspace = {
    ...workspace,
    run(patch, command) {
      started.push(command.stdin)
      return workspace.run(patch, command)
    },
  }
  const own = typesFixer(placed)
  own.foresee?.(watched, checkOf(['tsc', 'tsc --noEmit']))
  const first = await proposals(own, request(watched, [complaint('pirce', 3)]))
  const edited = {
    ...request(watched, [complaint('pirce', 3)]),
    patch: [{ path: 'README.md', content: '' }],
  }
  const second = await proposals(own, edited)

  expect([first, second].map(([one]) => one?.strategy)).toEqual([
    'types/spelling',
    'types/spelling',
  ])
  expect(started.map((stdin) => typeof stdin)).toEqual(['object', 'string'])
})
