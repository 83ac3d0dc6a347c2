import { expect, test } from 'vitest'

import { repaired, repairedFor } from '../../support/code-fix-project.ts'

test.each([
  ['a private member', 'this.#totall', 'this.#total'],
  ['a letter struck twice', 'new TaskOOptions', 'new TaskOptions'],
  ['a default without its export', 'default class', 'export default class'],
  [
    'an overload without its export',
    '\nfunction pick(a: string',
    '\nexport function pick(a: string',
  ],
])('%s is put right', (_title, wrong, right) => {
  const text = `export class TaskOptions {}

export function pick(a: string): string
export function pick(a: number): number
export function pick(a: string | number): string | number {
  return a
}

export default class Cart {
  #total = 0
  readonly options = new TaskOptions()
  sum(): number {
    return this.#total
  }
}
`
  const broken = text.replace(right, wrong)
  expect(broken).not.toBe(text)

  const { after } = repaired({ 'src/main.ts': broken })

  expect(after).toEqual({ 'src/main.ts': text })
})

test('a promise behind a union, a destructuring and a name is awaited where it is made', () => {
  const text = `export async function first(source: { next(): Promise<{ value: string }> | { value: string } }) {
  const { value } = await source.next()
  const other = await source.next()
  return value + other.value
}
`
  const { after } = repaired({ 'src/main.ts': text.replaceAll('await ', '') })

  expect(after).toEqual({ 'src/main.ts': text })
})

test('a misspelt key that fits no overload is put right', () => {
  const text = `export class Failure {
  constructor(message: string)
  constructor(details: { status: number; text?: string })
  constructor(readonly given: unknown) {}
}

export const failure = new Failure({ status: 500, text: 'x' })
`
  const { after } = repaired({ 'src/main.ts': text.replace('status: 500', 'sattus: 500') })

  expect(after).toEqual({ 'src/main.ts': text })
})

test('a slip in a path by alias is put right', () => {
  const text = "import { price } from '#shop/price.js'\n\nexport const one = price\n"
  const files = {
    'package.json': '{"name":"shop","type":"module","imports":{"#*":"./src/*"}}',
    'src/shop/price.ts': 'export const price = 1\n',
    'src/main.ts': text.replace('price.js', 'prcie.js'),
  }

  expect(repaired(files).after).toEqual({ 'src/main.ts': text })
})

test('a namesake elsewhere does not stand in for a forgotten export', () => {
  const files = {
    'src/engine.ts': 'export type Trial = string\n',
    'src/failure.ts': 'type Trial = string\n\nexport const trial: Trial = "a"\n',
    'src/main.ts': "import type { Trial } from './failure.js'\n\nexport const one: Trial = 'x'\n",
  }

  expect(repaired(files).strategies).toEqual(['types/export'])
})

test('two neighbours swapped are put right in the shortest of names', () => {
  const text = 'const sum = (a: number, b: number) => a + b\n\nexport const three = sum(1, 2)\n'
  const files = { 'src/sum.ts': text.replace('sum(1', 'smu(1') }

  expect(repaired(files).after).toEqual({ 'src/sum.ts': text })
})

test.each([
  ['an option', "{ uint = 'celsius' } = {}", "{ unit = 'celsius' } = {}"],
  ['a parameter', "uint = 'celsius'", "unit = 'celsius'"],
])('%s is put right where it is taken, not where it is used', (_title, wrong, right) => {
  const text = `export class Sensor {
  constructor(${right}) {
    this.unit = unit
  }
}
`
  const files = {
    'package.json': '{"name":"shop","type":"module"}',
    'tsconfig.json': '{"files":[]}',
    'src/sensor.js': text.replace(right, wrong),
  }
  const target = {
    tool: 'vitest',
    rule: null,
    file: 'src/sensor.js',
    line: 1,
    column: 1,
    message: 'ReferenceError: unit is not defined',
  }

  expect(repairedFor(files, [target]).after).toEqual({ 'src/sensor.js': text })
})
