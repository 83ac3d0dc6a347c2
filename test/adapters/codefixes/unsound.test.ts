import { describe, expect, test } from 'vitest'

import { repaired, type Files } from '../../support/code-fix-project.ts'

/** Every one of these could be made green in a way that means something else. */
const traps: Readonly<Record<string, Files>> = {
  'two names that are opposites are no misspelling of each other': {
    'src/is.ts':
      'export function isNonNegativeInteger(value: number): boolean {\n  return value >= 0\n}\n',
    'src/main.ts':
      "import { isNegativeInteger } from './is.js'\n\nexport const check = (value: number): boolean => isNegativeInteger(value)\n",
  },
  'min is no misspelling of max': {
    'src/main.ts':
      'export interface Range {\n  readonly maxValue: number\n}\n\nexport const low = (range: Range): number => range.minValue\n',
  },
  'a number in a name tells two things apart': {
    'src/main.ts': 'const value1 = 1\n\nexport const sum = value1 + value2\n',
  },
  'two modules that export the same name leave open which was meant': {
    'src/json.ts': 'export function render(value: string): string {\n  return value\n}\n',
    'src/html.ts':
      'export function render(value: string): string {\n  return `<b>${value}</b>`\n}\n',
    'src/main.ts': 'export const page = (text: string): string => render(text)\n',
  },
  'two names at the same distance leave open which was meant': {
    'src/main.ts':
      'export function total(counts: readonly number[], amounts: readonly number[]): number {\n  const tables = counts.length\n  const cables = amounts.length\n  return tables + cables + xables\n}\n',
  },
  'a missing return is a matter of meaning': {
    'src/main.ts': 'export function double(value: number): number {\n  value * 2\n}\n',
  },
  'a missing property is never made up': {
    'src/main.ts':
      'export interface User {\n  readonly name: string\n  readonly age: number\n}\n\nexport const user: User = { name: "Ada" }\n',
  },
  'a missing argument is never made up': {
    'src/main.ts':
      'const add = (a: number, b: number): number => a + b\n\nexport const sum = add(1)\n',
  },
  'a wrong type is never cast away': {
    'src/main.ts': "export const age: number = 'three'\n",
  },
  'a member nobody declares is never made up': {
    'src/main.ts':
      'export class Cart {\n  readonly items: readonly string[] = []\n}\n\nexport const price = new Cart().computePrice()\n',
  },
  'a function nobody declares is never made up': {
    'src/main.ts': 'export const price = computePrice(3)\n',
  },
  'an interface is never filled with stubs': {
    'src/main.ts':
      'export interface Store {\n  read(key: string): string\n}\n\nexport class Memory implements Store {}\n',
  },
  'an unused call may do something': {
    'src/main.ts':
      'declare function save(): number\n\nexport function run(): void {\n  const saved = save()\n}\n',
  },
  "another module's default is another thing": {
    'src/cart.ts': 'class Cart {}\n\nexport const cart = new Cart()\n',
    'src/shop.ts': 'export default class Shop {}\n',
    'src/main.ts': "import Cart from './cart.js'\n\nexport const mine = new Cart()\n",
  },
  'a parameter is not marked unused beside the call that lost it': {
    'src/main.ts':
      'const add = (a: number, b: number): number => a + b\n\nexport function run(a: number, b: number): number {\n  return add(a)\n}\n',
  },
  'what a test expects is never touched': {
    'src/user.ts': 'export const user = { name: "Ada" }\n',
    'test/user.test.ts':
      "import { user } from '../src/user.js'\n\ndeclare function expect(value: string): { toBe(other: string): void }\n\nexpect(user.nmae).toBe('Ada')\n",
  },
}

describe('a repair that could mean something else is not taken', () => {
  test.each(Object.entries(traps))('%s', (_title, files) => {
    const { repairs, left } = repaired(files)

    expect(repairs).toEqual([])
    expect(left.length).toBeGreaterThan(0)
  })
})

test('a name that is exported as it is written is imported, however near another one is', () => {
  const files = {
    'src/positive.ts':
      'export type NonNegative = number\n\nexport const nonNegative: NonNegative = 1\n',
    'src/negative.ts': 'export type Negative = string\n',
    'src/main.ts':
      "import { type NonNegative } from './positive.js'\n\nexport type Both = NonNegative | Negative\n",
  }

  const { after, strategies } = repaired(files)

  expect(strategies).toEqual(['types/import'])
  expect(after['src/main.ts']).toContain("from './negative.js'")
})

describe('a function that nobody uses any more', () => {
  const [kept, lost] = [
    'export const a = 1\n',
    'function clamp(value: number): number {\n  return Math.min(0, value)\n}\n',
  ]

  test('is exported again where the commit before exported it', () => {
    const { after, strategies } = repaired(
      { 'src/numbers.ts': kept + lost },
      {},
      { 'src/numbers.ts': `${kept}export ${lost}` },
    )
    expect(strategies).toEqual(['types/export'])
    expect(after['src/numbers.ts']).toContain('export function clamp')
  })

  test('stays where nobody knows what the module offered', () => {
    expect(repaired({ 'src/numbers.ts': kept + lost }).strategies).toEqual([])
  })

  test('goes, for a human to look at, where the module never offered it', () => {
    const { repairs } = repaired({ 'src/numbers.ts': kept + lost }, {}, { 'src/numbers.ts': kept })
    expect(repairs.map(({ strategy, risk }) => [strategy, risk])).toEqual([
      ['types/unused', 'review'],
    ])
  })
})
