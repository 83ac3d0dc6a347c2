import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { textsIn } from './support/proved-table.ts'

const root = join(import.meta.dirname, '..')
const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split(' | '))
  .map(([number = '', attack = '', , tried = '']) => ({
    number: Number(number.replace('| ', '')),
    attack,
    tried: tried.replace(/ \|$/, '').split('<br>'),
  }))

/** The names of tests and the cells of their tables. */
const textsOf = (file: string) => [...textsIn(`test/${file}.test.ts`)]

describe.each(rows)('attack $number, $attack,', ({ tried }) => {
  test.each(tried)('is tried in %s', (one) => {
    const [, file = '', words = ''] = /^`([\w/-]+)` (.+)$/.exec(one) ?? []

    expect(textsOf(file).filter((text) => text.includes(words))).not.toEqual([])
  })
})

test('every attack of the list has a row', () => {
  const listed = new Set(rows.map(({ number }) => number))

  expect([...listed].toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 46 }, (_, at) => at + 1),
  )
})

test('every test that calls itself an attack of the list stands in its row', () => {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!support).*attacks-.*\.test\.ts$/.test(file))
    .map((file) => file.replace('.test.ts', ''))
  const called = files.flatMap((file) =>
    textsOf(file).flatMap((text) => {
      const number = /^(?:attack )?(\d+): /.exec(text)?.[1]
      return number === undefined ? [] : [`${number} ${file}`]
    }),
  )
  const stands = new Set(
    rows.flatMap(({ number, tried }) => tried.map((one) => `${number} ${/`(.+)`/.exec(one)?.[1]}`)),
  )

  expect(called.length).toBeGreaterThan(50)
  expect([...new Set(called)].filter((one) => !stands.has(one))).toEqual([])
})
