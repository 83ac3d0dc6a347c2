import { expect, test } from 'vitest'

import { differences, readData } from '#policy/cheating/data.ts'

test.each([
  ['{ "a": 1, /* why */ "b": [true, null,], }', { a: 1, b: [true, null] }],
  ['-1.5', -1.5],
  ['"text"', 'text'],
  ['[1,,2]', [1, null, 2]],
  ['[call()]', [null]],
  ['{ "a": call(), ...rest, b: 2 }', { a: null }],
  ['/a+/g', '/a+/g'],
  ['10n', undefined],
  ['call()', undefined],
  ['', undefined],
  ['a) ; (b', undefined],
])('%s is read as data', (text, expected) => {
  expect(readData(text)).toEqual(expected)
})

test.each([
  ['a leaf', { a: { b: 1 } }, { a: { b: 2 } }, [['a', 'b']]],
  ['a list as a whole', { a: [1] }, { a: [1, 2] }, [['a']]],
  ['what came and what went', { a: 1 }, { b: 1 }, [['a'], ['b']]],
  ['the order of keys in no way', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ['everything where one is no data', undefined, 'text', [[]]],
])('two values differ in %s', (_title, ...[before, after, paths]) => {
  expect(differences(before, after).map(({ path }) => path)).toEqual(paths)
})
