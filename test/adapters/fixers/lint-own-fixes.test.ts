import { describe, expect, test } from 'vitest'

import { lintAutofixes } from '#adapters/fixers/lint-autofix.ts'
import { lintEslint } from '#adapters/fixers/lint-eslint.ts'
import { isGreen } from '#domain/evidence.ts'
import type { Fixer } from '#ports/fixer.ts'

import { observedWith, proposals, requestFor } from '../../support/fix-request.ts'
import { checkOf, eslintProject } from '../../support/tool-project.ts'

function autofix(id: string): Fixer {
  const found = lintAutofixes.find((each) => each.id === id)
  if (!found) throw new Error(`no fixer ${id}`)
  return found
}

const eslintCheck = checkOf(['eslint', 'eslint src'])

describe("a linter's own fix", () => {
  test('touches only the finding it was asked about, though the file has others', async () => {
    const code = 'let a = 1\nlet b = 2\nexport { a, b }\n'
    const request = await requestFor(eslintProject(code), eslintCheck)
    const first = { ...request, findings: request.findings.filter(({ line }) => line === 1) }

    for (const fixer of [lintEslint, autofix('lint/eslint-fix')]) {
      const [candidate] = await proposals(fixer, first)
      expect(candidate?.patch[0]?.content).toBe('const a = 1\nlet b = 2\nexport { a, b }\n')
    }
  })

  test('is said to be for the rules whose lines it changed, and for no others', async () => {
    const rules = "export default [{ rules: { 'prefer-const': 2, 'no-undef': 2 } }]"
    const code = 'let a = 1\nmissing(a)\nexport { a }\n'
    const project = eslintProject(code, { 'eslint.config.js': rules })
    const request = await requestFor(project, eslintCheck)

    for (const fixer of [lintEslint, autofix('lint/eslint-fix')]) {
      const [candidate] = await proposals(fixer, request)
      expect(candidate?.description).toBe(
        "Applied the linter's own fixes for prefer-const in src/a.js",
      )
    }
  })

  test('formats what it touched where the repository has a formatter and the file was clean', async () => {
    const packageJson =
      '{"type":"module","devDependencies":{"prettier":"3"},"scripts":{"f":"prettier ."}}\n'
    const rules = "export default [{ rules: { 'object-shorthand': 2 } }]"
    const clean = `const alpha = 1;\n\nexport const long = {\n  alpha: alpha, beta: 2 };\n`.replace(
      '\n  alpha: alpha, beta: 2 }',
      '\n  alpha: alpha,\n  beta: 2,\n}',
    )
    const project = eslintProject(clean, { 'package.json': packageJson, 'eslint.config.js': rules })
    const request = await requestFor(project, eslintCheck)

    const [candidate] = await proposals(lintEslint, request)

    expect(candidate?.patch[0]?.content).toBe(
      'const alpha = 1;\n\nexport const long = {\n  alpha,\n  beta: 2,\n};\n',
    )
  })

  test('leaves a file that was not formatted before as it is but for the fix', async () => {
    const packageJson =
      '{"type":"module","devDependencies":{"prettier":"3"},"scripts":{"f":"prettier ."}}\n'
    const project = eslintProject('let   a = 1\nexport { a }\n', { 'package.json': packageJson })
    const request = await requestFor(project, eslintCheck)

    const [candidate] = await proposals(lintEslint, request)

    expect(candidate?.patch[0]?.content).toBe('const   a = 1\nexport { a }\n')
  })

  test.each([
    [
      'oxlint fixes what it can',
      'lint/oxlint-fix',
      checkOf(['oxlint', 'oxlint --deny-warnings -D prefer-const src']),
      'let a = 1;\nexport { a };\n',
      'const a = 1;\nexport { a };\n',
    ],
    [
      'oxlint removes a debugger statement by suggestion',
      'lint/oxlint-suggestion',
      checkOf(['oxlint', 'oxlint --deny-warnings src']),
      'debugger\nexport const a = 1\n',
      '\nexport const a = 1\n',
    ],
    [
      'biome fixes what it calls safe',
      'lint/biome-fix',
      checkOf(['biome', 'biome lint --error-on-warnings src']),
      'let a = 1;\nexport { a };\n',
      'const a = 1;\nexport { a };\n',
    ],
    [
      'biome sorts imports',
      'lint/biome-assist',
      checkOf(['biome', 'biome check src']),
      "import { b } from './b.js';\nimport { a } from './a.js';\n\nexport { a, b };\n".replaceAll(
        "'",
        '"',
      ),
      'import { a } from "./a.js";\nimport { b } from "./b.js";\n\nexport { a, b };\n',
    ],
  ] as const)('%s', async (...[, id, check, code, fixed]) => {
    const project = eslintProject(code, { 'src/b.js': 'export const b = 1;\n' })
    const request = await requestFor(project, check)

    const candidates = await proposals(autofix(id), request)

    expect(candidates.flatMap(({ patch }) => patch)).toEqual([{ path: 'src/a.js', content: fixed }])
    expect(isGreen(await observedWith(request, candidates))).toBe(true)
  })
})
