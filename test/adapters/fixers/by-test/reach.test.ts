import { expect, test } from 'vitest'

import { missingAwaits } from '#adapters/fixers/by-test/missing-awaits.ts'
import { misspeltWords } from '#adapters/fixers/by-test/misspelt-words.ts'
import { reachOf } from '#adapters/fixers/by-test/reach.ts'

function sources(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([path, text]) => ({ path, text }))
}

const files = sources({
  'test/shop.test.js': "const { shop } = require('../src/shop')\n",
  'src/shop/index.js': "import { price } from './price.js'\nimport tax from 'tax'\n",
  'src/shop/price.ts': '',
  'src/other.js': '',
  'test/other.test.js': "import '#other'\n",
})

test('a test reaches what it loads, by any spelling of its path, and no test', () => {
  const paths = reachOf(files, ['test/shop.test.js']).map(({ path }) => path)

  expect(paths).toEqual(['src/shop/index.js', 'src/shop/price.ts'])
})

test('behind an alias or without a test anything may be reached', () => {
  const all = ['src/shop/index.js', 'src/shop/price.ts', 'src/other.js']

  for (const tests of [['test/other.test.js'], []])
    expect(reachOf(files, tests).map(({ path }) => path)).toEqual(all)
})

test.each([
  ['a name of the language that stands once', 'export const f = (a) => a.copyWithin()\n'],
  [
    'a number that tells two names apart',
    'export const value1 = 1\nvalue1\nexport const f = (a) => a.value2\n',
  ],
  [
    'an opposite',
    'export const isLeft = 1\nisLeft\nexport const min = 1\nmin\nexport const f = (a) => a.max\n',
  ],
  [
    'a name that is said again elsewhere',
    'export const total = 1\ntotal\nexport const f = (a) => a.totla + a.totla\n',
  ],
])('%s is no misspelling', (_title, text) => {
  const all = sources({ 'src/a.js': text })

  expect(misspeltWords(all, all)).toEqual([])
})

test('a call is only suspected where it could be awaited and where something is declared async', () => {
  const all = sources({
    'src/a.js': `export async function load() {}
export const save = async () => {}
class Store { async #write() {} async all() { this.#write() ; return load() } }
export function sync() { load() }
export const hand = async () => load()
export async function run(store, give) { load(); await save(); give(save()); store.all().then(sync) }
`,
  })

  expect(missingAwaits(all, all).map(({ description }) => description)).toEqual([
    'Awaited `this.#write()` in src/a.js',
    'Awaited `load()` in src/a.js',
    'Awaited `save()` in src/a.js',
    'Awaited `store.all()` in src/a.js',
  ])
})
