import { describe, expect, test } from 'vitest'

import type { ModelEdit } from '#domain/recipe.ts'
import { changedNode } from '#policy/changed-node.ts'
import { recurring } from '#policy/recipe.ts'

const edit = (before: string, after: string, path = 'src/a.ts'): ModelEdit => ({
  path,
  before,
  after,
})

const around = (inner: string): string =>
  `import { x } from './x.ts'\nexport function f(list: number[]) {\n  const a = 1\n  return ${inner}\n}\n`

describe('what an edit changed', () => {
  test.each<[string, string, string, [string, string] | null]>([
    [
      'an argument more',
      'list.reduce(x)',
      'list.reduce(x, 0)',
      ['list.reduce(x)', 'list.reduce(x, 0)'],
    ],
    ['an operator', 'a - list.length', 'a + list.length', ['a - list.length', 'a + list.length']],
    ['a name deep inside', 'x(a, [x(1)])', 'x(a, [x(2)])', ['x(1)', 'x(2)']],
    ['layout alone', 'x(a,  1)', 'x(a, 1)', null],
  ])('is told to the smallest piece: %s', (...[, before, after, expected]) => {
    const found = changedNode({ path: 'a.ts', before: around(before), after: around(after) })
    expect(found === null ? null : [found.before, found.after]).toEqual(expected)
  })

  test.each([
    ['of two statements', 'a()\nb()\n', 'a(1)\nb(1)\n', 'a.ts'],
    ['of no script', '{"a": 1}', '{"a": 2}', 'a.json'],
    ['of what no parser reads', 'a(', 'a()', 'a.ts'],
    ['of a new file', null, 'a()', 'a.ts'],
  ])('is nothing that recurs: %s', (...[, before, after, path]) => {
    expect(changedNode({ path, before, after })).toBeNull()
  })
})

describe('two edits', () => {
  test.each<[string, ModelEdit, ModelEdit, [string, string]]>([
    [
      'that differ in names',
      edit('list.reduce((a, b) => a + b)', 'list.reduce((a, b) => a + b, 0)'),
      edit('rows.reduce((x, y) => x * y)', 'rows.reduce((x, y) => x * y, 0)'),
      ['$A.reduce(($B, $C) => $D)', '$A.reduce(($B, $C) => $D, 0)'],
    ],
    [
      'that use one thing twice',
      edit('text.slice(0, text.size)', 'text.slice(0, text.length)'),
      edit('name.slice(0, name.size)', 'name.slice(0, name.length)'),
      ['$A.slice(0, $A.size)', '$A.slice(0, $A.length)'],
    ],
    [
      'that are the same word for word',
      edit('Number.parseInt(id)', 'Number.parseInt(id, 10)'),
      edit('Number.parseInt(id)', 'Number.parseInt(id, 10)'),
      ['Number.parseInt(id)', 'Number.parseInt(id, 10)'],
    ],
  ])('%s are one change', (...[, one, other, [pattern, fix]]) => {
    expect(recurring(one, other)).toEqual({ language: 'TypeScript', pattern, fix })
  })

  test.each<[string, ModelEdit, ModelEdit]>([
    ['are one name for another', edit('totals', 'total'), edit('totals', 'total')],
    ['fit almost anything', edit('a - b', 'a + b'), edit('c - d', 'c + d')],
    [
      'do different things',
      edit('list.reduce(f)', 'list.reduce(f, 0)'),
      edit('rows.reduce(g)', 'rows.reduce(g, 1)'),
    ],
    [
      'bring in what was not there',
      edit('list.map(f)', 'list.map(g)'),
      edit('rows.map(h)', 'rows.map(k)'),
    ],
    [
      'are of two languages',
      edit('id.trim()', 'id.trimEnd()'),
      edit('id.trim()', 'id.trimEnd()', 'src/a.js'),
    ],
    [
      'are no piece of their own',
      edit('get a() {}', 'set a(b) {}'),
      edit('get c() {}', 'set c(b) {}'),
    ],
  ])('that %s are none', (...[, one, other]) => {
    expect(recurring(one, other)).toBeNull()
  })
})
