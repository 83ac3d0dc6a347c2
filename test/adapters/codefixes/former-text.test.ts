import { describe, expect, test } from 'vitest'

import { formerImport } from '../../../src/adapters/codefixes/imports/former-import.ts'
import type { Target } from '../../../src/adapters/codefixes/protocol.ts'
import { repaired, repairedFor } from '../../support/code-fix-project.ts'

const modules = {
  'src/left.ts': 'export const area = (width: number): number => width\n',
  'src/right.ts': 'export const area = (width: number): number => 2 * width\n',
}

describe('what the last good commit had in a file answers', () => {
  test('which of two modules a name came from', () => {
    const was = "import { area } from './right.js'\n\nexport const twice = area(1)\n"
    const files = { ...modules, 'src/main.ts': 'export const twice = area(1)\n' }

    expect(repaired(files).after).toEqual({})
    expect(repaired(files, {}, { 'src/main.ts': was }).after).toEqual({ 'src/main.ts': was })
  })

  test('which of two names that both mean something stood in a line', () => {
    const was =
      'export function show(options: string[], key: string): string {\n  return key + options[0]\n}\nexport const option = 1\n'
    const broken = was.replace('option = 1', 'choice = 1').replace('+ options', '+ option')
    const files = { 'src/main.ts': broken, 'src/option.ts': 'export const oneOption = 1\n' }

    expect(repaired(files).after).toEqual({})
    expect(repaired(files, {}, { 'src/main.ts': was }).after['src/main.ts']).toContain('+ options')
  })

  test('nothing where the module is gone', () => {
    const was = "import { area } from './gone.js'\n\nexport const twice = area(1)\n"
    const files = { ...modules, 'src/main.ts': 'export const twice = area(1)\n' }

    expect(repaired(files, {}, { 'src/main.ts': was }).after).toEqual({})
  })
})

test.each([
  ["import a from 'm'", { exported: 'default', specifier: 'm', typeOnly: false }],
  ["import * as a from 'm'", { exported: '*', specifier: 'm', typeOnly: false }],
  ["import { b as a } from 'm'", { exported: 'b', specifier: 'm', typeOnly: false }],
  ["import { type a } from 'm'", { exported: 'a', specifier: 'm', typeOnly: true }],
  ["const a = require('m')", { exported: 'export=', specifier: 'm', typeOnly: false }],
  ["const { b: a } = require('m')", { exported: 'b', specifier: 'm', typeOnly: false }],
])('a name that came by %s', (text, expected) => {
  expect(formerImport('main.js', text, 'a')).toEqual({ local: 'a', ...expected })
})

test.each(["import { b } from 'm'", 'const a = 1', "import 'a'", "const [a] = require('m')"])(
  'a name that no import brought: %s',
  (text) => {
    expect(formerImport('main.js', text, 'a')).toBe(null)
  },
)

test('a test that requires the package itself reaches its program, though the package names its types', () => {
  const failed: Target = {
    tool: 'node-test',
    rule: 'import',
    file: 'test/main.test.js',
    line: 1,
    column: 1,
    message: "Cannot find module './vary'",
  }
  const files = {
    'package.json': '{"name":"shop","main":"index.js","types":"types/index.d.ts"}',
    'tsconfig.json': '{"files":[]}',
    'types/index.d.ts': 'export const vary: number\n',
    'vary.js': 'exports.vary = 1\n',
    'index.js': "const { vary } = require('./vray')\n\nexports.vary = vary\n",
    'test/main.test.js': "const { vary } = require('../')\n\nvary\n",
  }

  const { after } = repairedFor(files, [failed])

  expect(after['index.js']).toContain("require('./vary')")
})
