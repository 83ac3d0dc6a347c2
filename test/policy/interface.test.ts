import { expect, test } from 'vitest'

import { brokenInterfaces } from '#policy/interface.ts'

const path = 'src/shop.ts'

test.each([
  ['a function that is gone', 'export function a() {}', '', [1]],
  [
    'a parameter more',
    'export function a(b: string) {}',
    'export function a(b: string, c: number) {}',
    [1],
  ],
  ['another type', 'export const a = (b: string) => b', 'export const a = (b: number) => b', [1]],
  [
    'a default that takes something else',
    'export default (a) => a',
    'export default (a, b) => a',
    [1],
  ],
  ['all of another file', "export * from './a.ts'", "export * from './b.ts'", [1]],
  ['a name in quotes', "const a = 1\nexport { a as 'b c' }", 'const a = 1', [2]],
  ['one of several in one declaration', 'export const { a, b } = c', 'export const { a } = c', [1]],
  [
    'a member of an interface',
    'export interface A { b: string }',
    'export interface A { b: number }',
    [1],
  ],
  ['a method of a class', 'export class A { b(c) {} }', 'export class A { b(c, d) {} }', [1]],
  [
    'an optional parameter',
    'export function a(b?: string) {}',
    'export function a(b: string) {}',
    [1],
  ],
  ['a parameter with parts', 'export function a({ b }) {}', 'export function a({ c }) {}', [1]],
])('%s is a broken promise', (_title, ...[before, after, lines]) => {
  expect(brokenInterfaces({ path, before, after })).toEqual(lines)
})

test.each([
  ['another body', 'export function a() { return 1 }', 'export function a() { return 2 }'],
  [
    'a type written down for the first time',
    'export function a() {}',
    'export function a(): void {}',
  ],
  [
    'a private part of a class',
    'export class A { #b = 1; private c() {} }',
    'export class A { #d = 2; static { f() } }',
  ],
  ['another value of a field', 'export class A { b = 1 }', 'export class A { b = 2 }'],
  [
    'another default in parts',
    'export function a({ b = 1 }) {}',
    'export function a({ b = 2 }) {}',
  ],
  [
    'the second of two overloads',
    'export function a(b: 1): 1\nexport function a(b: 2): 2',
    'export function a(b: 2): 2\nexport function a(b: 1): 1',
  ],
  ['what nobody could read before', 'export function (', ''],
])('%s breaks no promise', (_title, before, after) => {
  expect(brokenInterfaces({ path, before, after })).toEqual([])
})

test('a file that is gone breaks all it promised, a new one and a test nothing', () => {
  const before = 'export const a = 1\nexport const b = 2'

  expect(brokenInterfaces({ path, before, after: null })).toEqual([1, 2])
  expect(brokenInterfaces({ path, before: null, after: before })).toEqual([])
  expect(brokenInterfaces({ path: 'test/shop.test.ts', before, after: null })).toEqual([])
})
