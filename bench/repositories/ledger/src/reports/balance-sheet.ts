import type { AccountKind } from '../account.js'
import type { Day } from '../dates.js'
import type { Ledger } from '../ledger.js'
import { incomeStatement } from './income-statement.js'

export interface BalanceSheet {
  readonly assets: number
  readonly liabilities: number
  readonly equity: number
}

export async function balanceSheet(ledger: Ledger, day: Day): Promise<BalanceSheet> {
  const assets = await totalOf(ledger, 'asset', day)
  const liabilities = await totalOf(ledger, 'liability', day)
  const capital = await totalOf(ledger, 'equity', day)
  const { result } = await incomeStatement(ledger, { from: '0000-01-01', until: day })
  return { assets, liabilities, equity: capital + result }
}

async function totalOf(ledger: Ledger, kind: AccountKind, day: Day): Promise<number> {
  const accounts = ledger.accounts().filter((account) => account.kind === kind)
  const balances = await Promise.all(
    accounts.map(({ code }) => ledger.balance(code, day)),
  )
  return balances.reduce((left, right) => left + right, 0)
}
