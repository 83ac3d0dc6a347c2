import { describe, expect, test } from 'vitest'

import { format } from '#adapters/fixers/format.ts'
import { isGreen } from '#domain/evidence.ts'

import { observedWith, proposals, requestFor } from '../../support/fix-request.ts'
import { checkOf, toolProject } from '../../support/tool-project.ts'

const ugly = 'export const  a = {b:"c"}\n'
const other = 'export const  untouched = 1\n'

describe('the formatter of the repository', () => {
  test.each([
    [
      'prettier',
      checkOf(['prettier', 'prettier --check --no-semi src']),
      'export const a = { b: "c" }\n',
    ],
    ['oxfmt', checkOf(['oxfmt', 'oxfmt --check src']), "export const a = { b: 'c' }\n"],
    ['biome', checkOf(['biome', 'biome format src']), "export const a = { b: 'c' };\n"],
  ] as const)('%s writes exactly the files of the findings', async (_title, check, formatted) => {
    const project = toolProject({
      'package.json': '{"type":"module"}\n',
      '.oxfmtrc.json': '{ "semi": false, "singleQuote": true }\n',
      'biome.json': '{ "javascript": { "formatter": { "quoteStyle": "single" } } }\n',
      'src/a.js': ugly,
      'other/b.js': other,
    })
    const request = await requestFor(project, check)

    const candidates = await proposals(format, request)

    expect(candidates.map(({ patch }) => patch)).toEqual([
      [{ path: 'src/a.js', content: formatted }],
    ])
    expect(isGreen(await observedWith(request, candidates))).toBe(true)
  })

  test('runs in the package of the workspace whose check it is, with its configuration', async () => {
    const project = toolProject({
      'package.json': '{"type":"module","workspaces":["packages/*"]}\n',
      'packages/one/package.json': '{"name":"one"}\n',
      'packages/one/.prettierrc': '{ "singleQuote": true, "semi": false }\n',
      'packages/one/src/a.js': ugly,
      'packages/two/src/a.js': ugly,
    })
    const check = checkOf(['prettier', 'prettier --check src', 'packages/one'])
    const inRoot = { ...check, command: check.command.replaceAll('$PWD/', '$PWD/../../') }
    const request = await requestFor(project, inRoot)

    const [candidate] = await proposals(format, request)

    expect(candidate?.patch).toEqual([
      { path: 'packages/one/src/a.js', content: "export const a = { b: 'c' }\n" },
    ])
  })

  test('has nothing to propose for a file that does not parse', async () => {
    const project = toolProject({
      'package.json': '{"type":"module"}\n',
      'src/a.js': 'const = 1\n',
    })
    const request = await requestFor(project, checkOf(['prettier', 'prettier --check src']))

    expect(request.findings.map(({ rule }) => rule)).toEqual(['syntax'])
    expect(await proposals(format, request)).toEqual([])
  })
})
