import { expect, test } from 'vitest'

import { importCsv } from '../src/import/csv.js'
import { splitFields } from '../src/import/fields.js'
import { importOfx } from '../src/import/ofx.js'
import { classify, parseRules } from '../src/import/rules.js'

const rules = parseRules(`
  # shops
  market|bakery => 5100
  salary => 4000
`)

test('rules are read line by line', () => {
  expect(classify('Corner BAKERY', rules)).toBe('5100')
  expect(classify('Something else', rules)).toBe('9999')
})

test('a CSV becomes transactions and a list of what was refused', () => {
  const text =
    'day;text;amount\n2026-01-02;"Market; fresh";-12.30\nsoon;?;1\n2026-01-28;Salary;2500'
  const report = importCsv(text, { account: '1000', currency: 'EUR', rules })
  expect(report.transactions.map(({ total }) => total)).toEqual([1230, 250_000])
  expect(report.transactions[0]?.touches('5100')).toBe(true)
  expect(report.rejected).toEqual([{ line: 3, reason: 'bad date soon' }])
})

test('quotes may hold quotes', () => {
  expect(splitFields('a,"b ""c"", d",e')).toEqual(['a', 'b "c", d', 'e'])
})

test('an OFX file gives statement lines', () => {
  const text = '<STMTTRN><DTPOSTED>20260105<TRNAMT>-9.99<NAME>Radio\n</STMTTRN>'
  expect(importOfx(text, 'EUR')).toEqual([
    { day: '2026-01-05', amount: -999, text: 'Radio' },
  ])
})
