import { beforeAll, describe, expect, test } from 'vitest'

import { lintDeletions } from '#adapters/fixers/lint-deletions.ts'
import { lintEslint, lintStyle } from '#adapters/fixers/lint-eslint.ts'
import { lintSuggestions } from '#adapters/fixers/lint-suggestions.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import { observedWith, proposals, requestFor } from '../../support/fix-request.ts'
import { checkOf, eslintProject } from '../../support/tool-project.ts'

const eslintCheck = checkOf(['eslint', 'eslint src'])

const table: readonly (readonly [string, Fixer, string, string])[] = [
  [
    'makes a variable constant',
    lintEslint,
    'let a = 1\nexport { a }\n',
    'const a = 1\nexport { a }\n',
  ],
  [
    'applies fixes that overlap one after the other',
    lintEslint,
    'var a = 1;\nexport { a }\n',
    'const a = 1\nexport { a }\n',
  ],
  [
    'applies style rules on the format rung',
    lintStyle,
    'export const a = 1;\n',
    'export const a = 1\n',
  ],
  [
    'removes a useless escape by suggestion',
    lintSuggestions,
    'export const a = /\\:/\n',
    'export const a = /:/\n',
  ],
  [
    'adds the radix by suggestion',
    lintSuggestions,
    "export const a = parseInt('1')\n",
    "export const a = parseInt('1', 10)\n",
  ],
  [
    'deletes a debugger statement with its line',
    lintDeletions,
    'export function f() {\n  debugger\n  return 1\n}\n',
    'export function f() {\n  return 1\n}\n',
  ],
  [
    'deletes one of several unused names from an import',
    lintDeletions,
    "import { join, sep } from 'node:path'\nexport const a = join('a')\n",
    "import { join } from 'node:path'\nexport const a = join('a')\n",
  ],
  [
    'deletes an unused import with its line',
    lintDeletions,
    "import { join } from 'node:path'\nexport const a = 1\n",
    'export const a = 1\n',
  ],
  [
    'deletes an unused variable without effects',
    lintDeletions,
    'export function f() {\n  const unused = { a: 1 }\n  return 1\n}\n',
    'export function f() {\n  return 1\n}\n',
  ],
  [
    'keeps the call that an unused variable holds the result of',
    lintDeletions,
    'export function f(g) {\n  const unused = g()\n  return 1\n}\n',
    'export function f(g) {\n  g()\n  return 1\n}\n',
  ],
  [
    'leaves a property out of a pattern',
    lintDeletions,
    'export function f(o) {\n  const { a, b } = o\n  return a\n}\n',
    'export function f(o) {\n  const { a } = o\n  return a\n}\n',
  ],
  [
    'marks an unused parameter where the rule asks for an underscore',
    lintDeletions,
    'export function f(a) {\n  return 1\n}\n',
    'export function f(_a) {\n  return 1\n}\n',
  ],
  [
    'deletes an unused variable beside names that are like it and are declared',
    lintDeletions,
    'export function f(longer) {\n  const longest = 1\n  return longer\n}\n',
    'export function f(longer) {\n  return longer\n}\n',
  ],
  [
    'leaves out an unused catch binding',
    lintDeletions,
    'export function f(g) {\n  try {\n    return g()\n  } catch (error) {\n    return 2\n  }\n}\n',
    'export function f(g) {\n  try {\n    return g()\n  } catch {\n    return 2\n  }\n}\n',
  ],
  [
    'deletes an empty else',
    lintDeletions,
    'export function f(a) {\n  if (a) {\n    return 1\n  } else {}\n  return 2\n}\n',
    'export function f(a) {\n  if (a) {\n    return 1\n  }\n  return 2\n}\n',
  ],
]

const refused: readonly (readonly [string, string])[] = [
  ['a catch that swallows errors', 'export function f(g) {\n  try {\n    g()\n  } catch {}\n}\n'],
  ['an if whose condition does something', 'export function f(g) {\n  if (g()) {}\n}\n'],
  ['a name that is written to', 'export function f() {\n  let a = 1\n  a = 2\n}\n'],
  [
    'a name beside a rest element, which collects what is not named',
    'export function f(o) {\n  const { a, ...rest } = o\n  return rest\n}\n',
  ],
  [
    'a variable whose use is misspelt',
    'export function f(list) {\n  const longest = [1]\n  return list.concat(lnogest)\n}\n',
  ],
  [
    'an import whose use is misspelt',
    "import { join } from 'node:path'\nexport const a = jion('a')\n",
  ],
  ['a function that another file asks for', 'function price() {\n  return 1\n}\nexport {}\n'],
]

describe('a lint fixer', () => {
  // One project and one lint run for all rows: starting eslint is what costs.
  const fixers = [...new Set(table.map(([, fixer]) => fixer))]
  const files = Object.fromEntries([
    ...table.map(([, , code], at) => [`src/row-${at}.js`, code]),
    ...refused.map(([, code], at) => [`src/refused-${at}.js`, code]),
    ['src/shop.js', "import { price } from './refused-6.js'\n\nexport const one = price()\n"],
  ])
  let request: FixRequest
  let proposed: ReadonlyMap<Fixer, readonly Candidate[]>

  beforeAll(async () => {
    request = await requestFor(eslintProject('export {}\n', files), eslintCheck)
    const all = await Promise.all(
      fixers.map(async (each) => [each, await proposals(each, request)] as const),
    )
    proposed = new Map(all)
  })

  test.each(table.map(([title, fixer, , fixed], at) => ({ title, fixer, fixed, at })))(
    '$title',
    ({ fixer, fixed, at }) => {
      const path = `src/row-${at}.js`
      const candidates = proposed.get(fixer) ?? []
      const edits = candidates.flatMap(({ patch }) => patch.filter((each) => each.path === path))
      expect(edits).toEqual([{ path, content: fixed }])
    },
  )

  test.each(refused.map(([title], at) => [title, at] as const))(
    'proposes nothing for %s',
    (_title, at) => {
      const path = `src/refused-${at}.js`
      const all = [...proposed.values()].flat().flatMap(({ patch }) => patch)
      expect(request.findings.some(({ file }) => file === path)).toBe(true)
      expect(all.filter((each) => each.path === path)).toEqual([])
    },
  )

  test('leaves nothing of what it took on', async () => {
    const chosen = table.flatMap(([, fixer], at) =>
      (proposed.get(fixer) ?? []).filter(({ patch }) => patch[0]?.path === `src/row-${at}.js`),
    )
    const { findings } = await observedWith(request, chosen)
    expect(findings.flatMap(({ file }) => file ?? [])).not.toContainEqual(
      expect.stringContaining('row-'),
    )
  })
})
