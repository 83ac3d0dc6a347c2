import { describe, expect, test } from 'vitest'

import { byTest } from '#adapters/fixers/by-test/by-test.ts'
import { isGreen } from '#domain/evidence.ts'
import type { FixRequest } from '#ports/fixer.ts'

import { observedWith, proposals, requestFor } from '../../../support/fix-request.ts'
import { checkOf, toolProject } from '../../../support/tool-project.ts'

const check = checkOf(['node-test', 'node --test'])

const store = `'use strict'

const { EventEmitter } = require('node:events')

class Store extends EventEmitter {
  constructor() {
    super()
    this.on('moved', () => Object.assign(this, { moved: true }))
    this.entries = new Map()
  }

  async load(key) {
    return this.entries.get(key) ?? { key, amount: 0 }
  }

  keep(entry) {
    this.entries.set(entry.key, Object.freeze(entry))
    this.emit('moved', entry)
  }
}

async function raise(store, key) {
  const { amount } = await store.load(key)
  store.keep({ key, amount: amount + 1 })
  return (await store.load(key)).amount
}

module.exports = { Store, raise }
`

const tests = `'use strict'

const assert = require('node:assert')
const { test } = require('node:test')
const { Store, raise } = require('../src/store')

test('an amount is raised', async () => {
  const store = new Store()
  assert.strictEqual(await raise(store, 'a'), 1)
  assert.strictEqual(await raise(store, 'a'), 2)
  assert.ok(store.moved)
})

test('a store starts empty', () => {
  assert.strictEqual(new Store().entries.size, 0)
})
`

async function requestOn(source: string, test = tests): Promise<FixRequest> {
  return await requestFor(
    toolProject({
      'package.json': '{}\n',
      'src/store.js': source,
      'test/store.test.js': test,
    }),
    check,
  )
}

describe('what only a failing test tells of untyped code', () => {
  test.each([
    ['a misspelt member', 'this.entries.get', 'this.entires.get'],
    ['a misspelt key', 'amount: 0', 'amuont: 0'],
    ['a misspelt text', "'moved', entry", "'mvoed', entry"],
    ['a member of the language', 'Object.freeze', 'Object.freze'],
    ['a promise taken apart', 'await store.load(key)\n', 'store.load(key)\n'],
    ['a promise whose member is read', '(await store.load(key)).amount', 'store.load(key).amount'],
  ])('is put right and shown to a human: %s', async (_title, right, wrong) => {
    const request = await requestOn(store.replace(right, wrong))

    const candidates = await proposals(byTest, request)

    expect(candidates.map(({ patch, risk }) => ({ patch, risk }))).toEqual([
      { patch: [{ path: 'src/store.js', content: store }], risk: 'review' },
    ])
    expect(isGreen(await observedWith(request, candidates))).toBe(true)
  })
})

test('two slips behind two failures are both put right', async () => {
  const shelf = `
module.exports.Shelf = class {
  boxes = []

  count() {
    return this.boxes.lenght
  }
}
`
  const counted = `
test('a shelf starts empty', () => {
  const { Shelf } = require('../src/store')
  assert.strictEqual(new Shelf().count(), 0)
})
`
  const request = await requestOn(store.replace('amount: 0', 'amuont: 0') + shelf, tests + counted)

  const candidates = await proposals(byTest, request)

  expect(candidates.map(({ description }) => description)).toEqual([
    'Corrected `amuont` to `amount` in src/store.js',
    'Corrected `lenght` to `length` in src/store.js',
  ])
})

describe('nothing is proposed', () => {
  test('where the program is right and the test is wrong', async () => {
    const odd = store.replace('amount + 1 }', 'amount + 1, enrty: true }')
    const request = await requestOn(odd, tests.replace("'a'), 1)", "'a'), 7)"))

    expect(request.findings).toHaveLength(1)
    expect(await proposals(byTest, request)).toEqual([])
  })

  test('where two names would do as well', async () => {
    const two = store
      .replace('this.entries = new Map()', 'this.rooms = new Map()\n    this.roofs = new Map()')
      .replaceAll('this.entries', 'this.rooms')
      .replace('this.rooms.get(key)', 'this.rooks.get(key)')
      .replace('this.rooms.set', 'this.roofs.set(entry.key, entry)\n    this.rooms.set')
    const request = await requestOn(two, tests.replace('.entries.size', '.roofs.size'))

    expect(request.findings).toHaveLength(1)
    expect(await proposals(byTest, request)).toEqual([])
  })

  test('where it would break another test', async () => {
    const odd = store.replace('this.entries = new Map()', 'this.entires = new Map()')
    const request = await requestOn(
      odd.replaceAll('this.entries', 'this.entires'),
      tests
        .replace("'a'), 2)", "'a'), 2)\n  assert.ok('entries' in store)")
        .replace('.entries.size', '.entires.size'),
    )

    expect(request.findings).toHaveLength(1)
    expect(await proposals(byTest, request)).toEqual([])
  })

  test('where what is misspelt stands in the test', async () => {
    const request = await requestOn(store, tests.replace('entries.size', 'enrties.size'))

    expect(request.findings).toHaveLength(1)
    expect(await proposals(byTest, request)).toEqual([])
  })

  test('where nobody waits on purpose and the failure is another', async () => {
    const careless = store
      .replace('  store.keep', '  store.load(key)\n  store.keep')
      .replace('amount + 1', 'amount + 2')
    const request = await requestOn(careless)

    expect(request.findings).toHaveLength(1)
    expect(await proposals(byTest, request)).toEqual([])
  })
})
