import { expect, test } from 'vitest'

import { normalSide } from '../src/account.js'
import { Budget } from '../src/budget.js'
import { findCurrency, minorUnits, requireCurrency } from '../src/currency.js'
import { addDays, addMonths, daysBetween, isDay, isWithin, toDay } from '../src/dates.js'
import { importCsv } from '../src/import/csv.js'
import { detectSeparator, splitFields } from '../src/import/fields.js'
import { fallbackAccount, parseRules } from '../src/import/rules.js'
import { accruedInterest, remaining } from '../src/interest.js'
import { Ledger } from '../src/ledger.js'
import { allocate, formatMoney, money, negate, parseMoney, subtract } from '../src/money.js'
import { clampNonNegative, clampNonPositive, isNegativeInteger, isNonNegativeInteger } from '../src/numbers.js'
import { nextOccurrence, occurrences } from '../src/recurrence.js'
import { reconcile } from '../src/reconcile.js'
import { balanceSheet } from '../src/reports/balance-sheet.js'
import { incomeStatement } from '../src/reports/income-statement.js'
import { isBalanced, trialBalance } from '../src/reports/trial-balance.js'
import { decodeTransaction, encodeTransaction } from '../src/store/codec.js'
import { sumSide } from '../src/transaction.js'
import { booking, household } from './sample.js'

test('numbers are what their names say', () => {
  expect([-1, 0, 1, -0.5].map((value) => isNegativeInteger(value))).toEqual([true, false, false, false])
  expect([-1, 0, 1, 0.5].map((value) => isNonNegativeInteger(value))).toEqual([false, true, true, false])
  expect([clampNonNegative(-3), clampNonNegative(3)]).toEqual([0, 3])
  expect([clampNonPositive(-3), clampNonPositive(3)]).toEqual([-3, 0])
})

test('currencies', () => {
  expect(minorUnits('JPY')).toBe(1)
  expect(minorUnits('KWD')).toBe(1000)
  expect(findCurrency('XXX')).toBeUndefined()
  expect(requireCurrency('EUR').symbol).toBe('€')
  expect(() => requireCurrency('XXX')).toThrow(RangeError)
})

test('money', () => {
  expect(allocate(money(5, 'EUR'), [3, 7]).map(({ amount }) => amount)).toEqual([2, 3])
  expect(() => allocate(money(5, 'EUR'), [0])).toThrow('weights')
  expect(formatMoney(money(5, 'JPY'))).toBe('¥5')
  expect(formatMoney(parseMoney('-0.05', 'EUR'))).toBe('-€0.05')
  expect(negate(money(0, 'EUR'))).toEqual(money(0, 'EUR'))
  expect(subtract(money(7, 'EUR'), money(2, 'EUR')).amount).toBe(5)
})

test('days', () => {
  expect(toDay(new Date(Number.NaN))).toBe('')
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(daysBetween('2026-03-01', '2026-02-01')).toBe(-28)
  expect([isDay('2026-1-1'), isDay('2024-02-29')]).toEqual([false, true])
  expect([isWithin('a', 'b', 'c'), isWithin('d', 'b', 'c'), isWithin('b', 'b', 'c')]).toEqual([false, false, true])
})

test('accounts and sums', async () => {
  expect(['asset', 'expense', 'income'].map((kind) => normalSide(kind as 'asset'))).toEqual(['debit', 'debit', 'credit'])
  const ledger = await household()
  expect(ledger.accounts().map(({ code }) => code)).toEqual(['1000', '2000', '3000', '4000', '5000', '5100'])
  expect(ledger.account('1000').isOpenOn('2026-01-01')).toBe(true)
  expect(await ledger.transactions('2026-01-28')).toHaveLength(2)
  expect(() => new Ledger().account('1000')).toThrow('there is no account 1000')
  expect(sumSide(booking('1', '2026-01-01', 7, ['1000', '2000']).postings, 'credit')).toBe(7)
})

test('reports', async () => {
  const ledger = await household()
  await ledger.post(booking('4', '2026-02-10', 1_000, ['4000', '1000']))
  const period = { from: '2026-01-28', until: '2026-02-28' }
  expect(await incomeStatement(ledger, period)).toEqual({ income: 249_000, expenses: 4_200, result: 244_800 })
  expect(await balanceSheet(ledger, '2026-02-28')).toEqual({ assets: 349_000, liabilities: 4_200, equity: 344_800 })
  const rows = await trialBalance(ledger)
  expect(rows.find(({ code }) => code === '4000')).toMatchObject({ debit: 0, credit: 249_000 })
  expect(isBalanced([{ code: '', name: '', debit: 2, credit: 1 }])).toBe(false)
})

test('budgets and loans', async () => {
  const budget = new Budget('2026-02-01').plan('5100', 4_200)
  expect(budget.end).toBe('2026-03-01')
  expect((await budget.compare(await household()))[0]).toMatchObject({ exceeded: false, left: 0 })
  const loan = { principal: 1_000, yearlyRate: 0.1, start: '2026-01-01' }
  expect(accruedInterest(loan, '2026-02-06')).toBe(10)
  expect(remaining(loan, [2_000])).toBe(0)
  expect(remaining(loan, [-5, 10, 0.5])).toBe(995)
})

test('recurrences', () => {
  expect(occurrences('2024-02-29', { every: 'year' }, '2026-12-31')).toEqual(['2024-02-29', '2025-02-28', '2026-02-28'])
  expect(nextOccurrence('2026-01-05', { every: 'week', count: 1 }, '2026-01-12')).toBe('2026-01-12')
  expect(nextOccurrence('2026-01-05', { every: 'week', count: 1 }, '2020-01-01')).toBe('2026-01-05')
})

test('imports', () => {
  expect(detectSeparator('a;b;c,d')).toBe(';')
  expect(splitFields('a;b,c', ';')).toEqual(['a', 'b,c'])
  expect(parseRules('x')[0]?.account).toBe(fallbackAccount)
  const text = 'd,t,a\n2026-01-01,refund,5\n2026-01-02,none,0\n'
  const report = importCsv(text, { account: '1000', currency: 'EUR', rules: [] })
  expect(report.transactions[0]?.postings[0]).toMatchObject({ account: '1000', side: 'debit', amount: 500 })
  expect(report.transactions[0]?.id).toBe('csv-1')
  expect(report.rejected).toEqual([{ line: 3, reason: 'nothing to book' }])
})

test('matching and storing', () => {
  const late = booking('late', '2026-01-06', 500, ['5100', '1000'])
  const line = { day: '2026-01-02', amount: 500, text: '' }
  expect(reconcile([line], [late]).missing).toEqual([line])
  expect(reconcile([{ ...line, day: '2026-01-03' }], [late]).matched).toHaveLength(1)
  expect(decodeTransaction(encodeTransaction(late))).toEqual(late)
  expect(() => decodeTransaction('{}')).toThrow('damaged record')
  const reversed = late.reversed('back', '2026-02-01')
  expect(reversed.postings.map(({ side }) => side)).toEqual(['credit', 'debit'])
})
