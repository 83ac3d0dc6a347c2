import { describe, expect, test } from 'vitest'

import { add, allocate, formatMoney, money, parseMoney, subtract } from '../src/money.js'

describe('money', () => {
  test.each([
    ['12.50', 'EUR', 1250],
    ['-3', 'EUR', -300],
    ['1200', 'JPY', 1200],
    ['0.125', 'KWD', 125],
  ])('reads %s %s', (text, currency, amount) => {
    expect(parseMoney(text, currency).amount).toBe(amount)
  })

  test('refuses fractions of a cent', () => {
    expect(() => parseMoney('1.005', 'EUR')).toThrow('too many decimals')
    expect(() => money(0.5, 'EUR')).toThrow('not a whole amount')
  })

  test('writes the sign before the symbol', () => {
    expect(formatMoney(money(-1999, 'USD'))).toBe('-$19.99')
  })

  test('adds only what is of one currency', () => {
    expect(add(money(1, 'EUR'), money(2, 'EUR'))).toEqual(money(3, 'EUR'))
    expect(subtract(money(1, 'EUR'), money(2, 'EUR'))).toEqual(money(-1, 'EUR'))
    expect(() => add(money(1, 'EUR'), money(1, 'USD'))).toThrow('cannot mix')
  })

  test('allocates to the last cent', () => {
    const parts = allocate(money(100, 'EUR'), [1, 1, 1])
    expect(parts.map(({ amount }) => amount)).toEqual([34, 33, 33])
  })
})
