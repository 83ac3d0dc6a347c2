import { type Day, isWithin } from '../dates.js'
import type { Ledger } from '../ledger.js'

export interface Period {
  readonly from: Day
  readonly until: Day
}

export interface IncomeStatement {
  readonly income: number
  readonly expenses: number
  readonly result: number
}

export async function incomeStatement(
  ledger: Ledger,
  period: Period,
): Promise<IncomeStatement> {
  let income = 0
  let expenses = 0
  for (const { day, postings } of await ledger.transactions()) {
    if (!isWithin(day, period.from, period.until)) continue
    for (const { account, amount, side } of postings) {
      const { kind } = ledger.account(account)
      if (kind === 'income') income += side === 'credit' ? amount : -amount
      if (kind === 'expense') expenses += side === 'debit' ? amount : -amount
    }
  }
  return { income, expenses, result: income - expenses }
}
