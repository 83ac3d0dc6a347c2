import { describe, expect, test } from 'vitest'

import { lintRewrites } from '#adapters/fixers/lint-rewrites.ts'
import { isGreen } from '#domain/evidence.ts'
import type { FixRequest } from '#ports/fixer.ts'

import { observedWith, proposals, requestFor } from '../../support/fix-request.ts'
import { checkOf, eslintProject, toolProject } from '../../support/tool-project.ts'

const biome = checkOf(['biome', 'biome lint --error-on-warnings src'])
const configuration = `{ "linter": { "rules": { "preset": "none",
  "suspicious": { "noVar": "error" }, "correctness": { "noInnerDeclarations": "error" } } } }\n`

async function requestOn(code: string, file = 'src/a.js'): Promise<FixRequest> {
  const manifest = '{"type":"module"}\n'
  const project = { 'package.json': manifest, 'biome.json': configuration, [file]: code }
  return await requestFor(toolProject(project), biome)
}

function inFunction(body: string): string {
  return `export function f(list, flag) {\n${body}\n}\n`
}

test('blanks in an indentation by tabs go, and a text of several lines stays as it is', async () => {
  const rules = "export default [{ rules: { 'no-mixed-spaces-and-tabs': 2 } }]"
  const code = 'export function f() {\n\t  const a = `\n\t  b`\n \treturn a\n}\n'
  const project = eslintProject(code, { 'eslint.config.js': rules })
  const request = await requestFor(project, checkOf(['eslint', 'eslint src']))

  const candidates = await proposals(lintRewrites, request)

  expect(candidates[0]?.patch[0]?.content).toBe(
    'export function f() {\n\tconst a = `\n\t  b`\n\treturn a\n}\n',
  )
  expect(isGreen(await observedWith(request, candidates))).toBe(true)
})

describe('a var that never leaves its block', () => {
  test.each([
    ['at the top of a module', 'var a = 1;\nexport { a };\n', 'const a = 1;\nexport { a };\n'],
    [
      'in a block',
      inFunction('if (flag) {\nvar a = 1;\nreturn a;\n}'),
      inFunction('if (flag) {\nconst a = 1;\nreturn a;\n}'),
    ],
    [
      'that is assigned to later',
      inFunction('var a = 1;\na += 1;\nreturn a;'),
      inFunction('let a = 1;\na += 1;\nreturn a;'),
    ],
    [
      'whose property is assigned to',
      inFunction('var a = {};\na.b = list.a;\nreturn a;'),
      inFunction('const a = {};\na.b = list.a;\nreturn a;'),
    ],
    [
      'of a loop',
      inFunction('for (var i = 0; i < list.length; i++) {\nvar one = list[i];\nflag(one);\n}'),
      inFunction('for (let i = 0; i < list.length; i++) {\nconst one = list[i];\nflag(one);\n}'),
    ],
    [
      'of a loop over values',
      inFunction('for (var { one } of list) flag(one);'),
      inFunction('for (const { one } of list) flag(one);'),
    ],
    [
      'that calls itself',
      inFunction('var again = () => again();\nreturn again;'),
      inFunction('const again = () => again();\nreturn again;'),
    ],
  ])('becomes a constant or a variable of the block, %s', async (_title, code, fixed) => {
    const request = await requestOn(code)

    const candidates = await proposals(lintRewrites, request)

    expect(candidates.flatMap(({ patch }) => patch)).toEqual([{ path: 'src/a.js', content: fixed }])
    expect(candidates.map(({ risk }) => risk)).toEqual(['safe'])
    expect(isGreen(await observedWith(request, candidates))).toBe(true)
  })
})

describe('a var that a block of its own would change', () => {
  test.each([
    ['is used after its block', 'if (flag) {\nvar a = 1;\n}\nreturn a;'],
    ['is used before it is declared', 'flag(a);\nvar a = 1;\nreturn a;'],
    ['is declared twice', 'var a = 1;\nvar a = list;\nreturn a;'],
    ['is a parameter as well', 'var list = list || [];\nreturn list;'],
    ['is one variable for all closures of a loop', 'for (var i of flag) list.push(() => i);'],
    [
      'keeps its value from round to round',
      'for (const one of list) {\nvar a;\nflag(a);\na = one;\n}',
    ],
    ['is shared by the cases of a switch', 'switch (flag) {\ncase 1:\nvar a = 1;\nreturn a;\n}'],
    ['stands where no block is', 'if (flag) var a = 1;'],
  ])('stays where it %s', async (_title, body) => {
    const request = await requestOn(inFunction(body))

    expect(request.findings.some(({ rule }) => rule?.endsWith('noVar'))).toBe(true)
    expect(await proposals(lintRewrites, request)).toEqual([])
  })

  test('stays where a script shares it with other scripts', async () => {
    const request = await requestOn('var shop = 1;\n')

    expect(request.findings).toHaveLength(1)
    expect(await proposals(lintRewrites, request)).toEqual([])
  })
})

const typed = checkOf([
  'oxlint',
  'oxlint --type-aware -A all -D typescript/no-floating-promises -D typescript/no-misused-promises src',
])

async function typedRequestOn(body: string, keyword = 'async '): Promise<FixRequest> {
  const code = `declare function save(): Promise<boolean>
export ${keyword}function run(list: string[]) {
${body}
}
`
  const options =
    '{ "compilerOptions": { "strict": true, "types": [], "skipLibCheck": true }, "include": ["src"] }\n'
  const project = {
    'package.json': '{"type":"module"}\n',
    'tsconfig.json': options,
    'src/a.ts': code,
  }
  return await requestFor(toolProject(project), typed)
}

describe('a promise that nobody waits for', () => {
  test.each([
    ['that a statement drops', '  save()', '  await save()'],
    ['that a condition asks', '  if (save()) return 1', '  if (await save()) return 1'],
    [
      'in a callback that waits',
      '  list.forEach(async () => { save() })',
      '  list.forEach(async () => { await save() })',
    ],
  ])('is awaited for a human to see, %s', async (...[, body, fixed]) => {
    const request = await typedRequestOn(body)

    const candidates = await proposals(lintRewrites, request)

    expect(candidates.map(({ risk }) => risk)).toEqual(['review'])
    expect(candidates[0]?.patch[0]?.content).toContain(fixed)
  })

  test.each([
    ['is not asynchronous', '  save()', ''],
    ['calls one that is not', '  list.map((one) => { save(); return one })', 'async '],
  ])('stays where its function %s', async (...[, body, keyword]) => {
    const request = await typedRequestOn(body, keyword)

    expect(request.findings).toHaveLength(1)
    expect(await proposals(lintRewrites, request)).toEqual([])
  })
})
