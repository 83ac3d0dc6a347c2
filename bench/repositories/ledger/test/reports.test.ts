import { expect, test } from 'vitest'

import { balanceSheet } from '../src/reports/balance-sheet.js'
import { incomeStatement } from '../src/reports/income-statement.js'
import { renderTable } from '../src/reports/table.js'
import { isBalanced, trialBalance } from '../src/reports/trial-balance.js'
import { household } from './sample.js'

test('the trial balance balances', async () => {
  const rows = await trialBalance(await household())
  expect(isBalanced(rows)).toBe(true)
  expect(rows.find(({ code }) => code === '5100')).toMatchObject({
    debit: 4_200,
    credit: 0,
  })
})

test('assets are liabilities and equity', async () => {
  const sheet = await balanceSheet(await household(), '2026-12-31')
  expect(sheet.assets).toBe(sheet.liabilities + sheet.equity)
})

test('the income statement looks at its period only', async () => {
  const period = { from: '2026-02-01', until: '2026-02-28' }
  const statement = await incomeStatement(await household(), period)
  expect(statement).toEqual({ income: 0, expenses: 4_200, result: -4_200 })
})

test('a table keeps its columns', async () => {
  const rows = await trialBalance(await household())
  const table = renderTable(
    [
      { title: 'Account', align: 'left', text: (row) => row.name },
      { title: 'Debit', align: 'right', text: (row) => String(row.debit) },
    ],
    rows.slice(0, 2),
  )
  expect(table).toMatchInlineSnapshot(`
    "Account   Debit
    -------  ------
    Bank     350000
    Card          0"
  `)
})
