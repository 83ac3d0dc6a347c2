import { normalSide } from '../account.js'
import type { Day } from '../dates.js'
import type { Ledger } from '../ledger.js'

export interface TrialBalanceRow {
  readonly code: string
  readonly name: string
  readonly debit: number
  readonly credit: number
}

export async function trialBalance(
  ledger: Ledger,
  until?: Day,
): Promise<TrialBalanceRow[]> {
  const rows: TrialBalanceRow[] = []
  for (const account of ledger.accounts()) {
    const balance = await ledger.balance(account.code, until)
    const onDebit = (normalSide(account.kind) === 'debit') === balance >= 0
    const amount = Math.abs(balance)
    rows.push({
      code: account.code,
      name: account.path,
      debit: onDebit ? amount : 0,
      credit: onDebit ? 0 : amount,
    })
  }
  return rows
}

export function isBalanced(rows: readonly TrialBalanceRow[]): boolean {
  let difference = 0
  for (const { debit, credit } of rows) difference += debit - credit
  return difference === 0
}
