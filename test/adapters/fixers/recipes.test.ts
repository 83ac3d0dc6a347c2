import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { astGrepToolbox, recipeRunner, recipesFixer } from '#adapters/fixers/recipes.ts'
import { isGreen } from '#domain/evidence.ts'

import { observedWith, proposals, requestFor } from '../../support/fix-request.ts'
import { checkOf, toolProject } from '../../support/tool-project.ts'

const [carried] = astGrepToolbox()
const runner = recipeRunner(join(carried?.from ?? '', 'ast-grep'))
const rule = `id: "seed"
language: JavaScript
rule:
  pattern: "$A.reduce(($B, $C) => $D)"
fix: "$A.reduce(($B, $C) => $D, 0)"
`
const recipes = [{ name: 'seed', rule }]
const check = checkOf(['node-test', 'node --test'])
const sum = 'export const sum = (list) => list.reduce((a, b) => a + b) // ü\n'
const files = {
  'package.json': '{"type":"module"}\n',
  'sum.js': sum,
  'sum.test.js': `import { test } from 'node:test'
import assert from 'node:assert'
import { sum } from './sum.js'
test('sums nothing', () => assert.equal([].reduce((a, b) => a, sum([])), 0))
`,
}
const seeded = (text: string): string => text.replaceAll(/=> (a [+*] b)\)/g, '=> $1, 0)')

describe('a recipe of the repository', () => {
  test('makes a failing test green, in the one file that the test reaches and nowhere else', async () => {
    const elsewhere = { 'other.js': sum, 'tools/sum.js': sum }
    const request = await requestFor(toolProject({ ...files, ...elsewhere }), check, { recipes })
    const candidates = await proposals(recipesFixer(runner), request)
    expect(candidates).toMatchObject([
      { strategy: 'recipe/seed', patch: [{ path: 'sum.js', content: seeded(sum) }], risk: 'safe' },
    ])
    expect(isGreen(await observedWith(request, candidates))).toBe(true)
  })

  test('that fits a file in several places is looked at by a human', async () => {
    const twice = `${sum}export const product = (list) => list.reduce((a, b) => a * b)\n`
    const project = toolProject({ ...files, 'sum.js': twice })
    const request = await requestFor(project, check, { recipes })
    expect(await proposals(recipesFixer(runner), request)).toMatchObject([
      { patch: [{ content: seeded(twice) }], risk: 'review' },
    ])
  })

  test.each([
    ['fits two files that the test reaches', { 'sum.js': `import './b.js'\n${sum}`, 'b.js': sum }],
    ['fits nothing', { 'sum.js': 'export const sum = () => null\n' }],
  ])('that %s proposes nothing', async (_which, more) => {
    const request = await requestFor(toolProject({ ...files, ...more }), check, { recipes })
    expect(await proposals(recipesFixer(runner), request)).toEqual([])
  })

  test.each([
    ['is of no language', rule.replace('JavaScript', 'Klingon'), 2, /SgLang/],
    ['has a key that is none', rule.replace('pattern', 'patern'), 5, /unknown field/],
    ['looks for what there is not', rule.replace(/pattern.*/, 'kind: x'), null, /Kind `x`/],
  ])('that %s is answered for by ast-grep', async (...[, text, line, words]) => {
    const { workspace } = await requestFor(toolProject(files), check, {})

    expect(await runner.complaint(workspace, text)).toEqual({
      line,
      words: expect.stringMatching(words),
    })
    expect(await runner.complaint(workspace, rule)).toBeNull()
  })

  test.each([
    ['is no rule', 'id: x\nfix: y\n'],
    ['is no YAML', 'id: [\n'],
    ['has no fix', rule.replace(/^fix.*$/m, '')],
  ])('that %s proposes nothing', async (_which, broken) => {
    const request = await requestFor(toolProject(files), check, {
      recipes: [{ name: 'broken', rule: broken }],
    })
    expect(await proposals(recipesFixer(runner), request)).toEqual([])
  })
})
