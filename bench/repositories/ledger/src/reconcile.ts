import { daysBetween } from './dates.js'
import type { Transaction } from './transaction.js'

export interface StatementLine {
  readonly day: string
  readonly amount: number
  readonly text: string
}

export interface Reconciliation {
  readonly matched: readonly { line: StatementLine; transaction: Transaction }[]
  readonly missing: readonly StatementLine[]
  readonly unexplained: readonly Transaction[]
}

const tolerance = 3 // days that a bank may take to book

export function reconcile(
  lines: readonly StatementLine[],
  transactions: readonly Transaction[],
): Reconciliation {
  const open = new Set(transactions)
  const matched: { line: StatementLine; transaction: Transaction }[] = []
  const missing: StatementLine[] = []
  for (const line of lines) {
    const transaction = findMatch(line, open)
    if (transaction) {
      open.delete(transaction)
      matched.push({ line, transaction })
    } else {
      missing.push(line)
    }
  }
  return { matched, missing, unexplained: [...open] }
}

function findMatch(
  line: StatementLine,
  open: ReadonlySet<Transaction>,
): Transaction | undefined {
  const candidates = [...open].filter(
    (transaction) =>
      transaction.total === Math.abs(line.amount) &&
      distance(line, transaction) <= tolerance,
  )
  return candidates.toSorted(
    (left, right) => distance(line, left) - distance(line, right),
  )[0]
}

function distance(line: StatementLine, transaction: Transaction): number {
  return Math.abs(daysBetween(line.day, transaction.day))
}
