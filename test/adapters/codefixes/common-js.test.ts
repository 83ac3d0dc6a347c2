import { describe, expect, test } from 'vitest'

import type { Target } from '../../../src/adapters/codefixes/protocol.ts'
import { repairedFor, type Files } from '../../support/code-fix-project.ts'

/** A package of CommonJS modules that no tsconfig speaks for. */
const manifest = { 'package.json': '{"name":"shop"}', 'tsconfig.json': '{"files":[]}' }

const cart = `'use strict'

class Cart {}

function total() {
  return 1
}

module.exports = { total, Cart }
`

const main = `'use strict'

const { Cart } = require('./cart')

exports.cart = new Cart()
`

const testFile = "const { cart } = require('../src/main')\n\ntest('a cart', () => cart)\n"

const failedTest: Target = {
  tool: 'jest',
  rule: null,
  file: 'test/main.test.js',
  line: 1,
  column: 1,
  message: 'TypeError: Cart is not a constructor',
}

const unusedClass: Target = {
  tool: 'eslint',
  rule: 'no-unused-vars',
  file: 'src/cart.js',
  line: 3,
  column: 7,
  message: "'Cart' is defined but never used.",
}

function shop(broken: string, more: Files = {}): Files {
  return {
    ...manifest,
    'src/cart.js': broken,
    'src/main.js': main,
    'test/main.test.js': testFile,
    ...more,
  }
}

describe('a class that its module forgot to export', () => {
  test.each([
    ['a failing test', failedTest],
    ['a linter that calls it unused', unusedClass],
  ])('is exported again for %s', (_title, target) => {
    const broken = cart.replace(', Cart }', ' }')

    const { after, repairs } = repairedFor(shop(broken), [target])

    expect(after).toEqual({ 'src/cart.js': cart })
    expect(repairs.map(({ strategy, risk }) => [strategy, risk])).toEqual([
      ['types/export', 'review'],
    ])
  })

  test('is exported again where it is taken as a member of its module', () => {
    const files = {
      ...shop(cart.replace(', Cart }', ' }')),
      'src/main.js': "const shop = require('./cart')\n\nexports.cart = new shop.Cart()\n",
    }

    expect(repairedFor(files, [failedTest]).after).toEqual({ 'src/cart.js': cart })
  })

  test.each([
    [
      'the only name',
      'module.exports = { Cart }',
      'module.exports = {}',
      'module.exports = { Cart }',
    ],
    [
      'one of several lines',
      'exports.total = total;\nexports.Cart = Cart;',
      'exports.total = total;',
      'exports.total = total;\nexports.Cart = Cart;',
    ],
  ])('is exported in the manner of its module where it was %s', (...[, was, is, fixed]) => {
    const text = cart.replace('module.exports = { total, Cart }', was)
    const broken = text.replace(was, is)

    const { after } = repairedFor(shop(broken), [failedTest])

    expect(after).toEqual({ 'src/cart.js': text.replace(was, fixed) })
  })
})

describe('nothing is exported', () => {
  test('that the module does not declare itself', () => {
    const broken = "'use strict'\n\nmodule.exports = {}\n"
    const other = { 'src/other.js': cart }

    expect(repairedFor(shop(broken, other), [failedTest]).repairs).toEqual([])
  })

  test('that nobody asks the module for', () => {
    const broken = cart.replace(', Cart }', ' }')
    const alone = { ...shop(broken), 'src/main.js': "exports.cart = require('./cart').total()\n" }

    const { repairs } = repairedFor(alone, [unusedClass])

    expect(repairs.filter(({ strategy }) => strategy === 'types/export')).toEqual([])
  })
})

test.each([
  ['react/jsx-no-undef', "'Cart' is not defined."],
  ['no-undef', "'Cart' is not defined."],
  ['lint/correctness/noUndeclaredVariables', 'The Cart variable is undeclared.'],
])('a name that %s misses is required in the manner of the file', (rule, message) => {
  const broken =
    "'use strict'\n\nconst { total } = require('./cart')\n\nexports.one = [total, new Cart()]\n"
  const files = { ...shop(cart), 'src/main.js': broken }
  const target = { tool: 'eslint', rule, file: 'src/main.js', line: 5, column: 27, message }

  const { after } = repairedFor(files, [target])

  expect(after['src/main.js']).toContain("const { total, Cart } = require('./cart')\n\n")
})

test('an await in a function that is not async is put right for a file that does not load', () => {
  const right = 'exports.load = async function load(source) {\n  return (await source()).name\n}\n'
  const files = { ...shop(cart), 'src/main.js': right.replace('async ', '') }
  const message = 'SyntaxError: Unexpected reserved word'

  const { after } = repairedFor(files, [{ ...failedTest, message }])

  expect(after).toEqual({ 'src/main.js': right })
})
