import { isDay } from '../dates.js'
import { parseMoney } from '../money.js'
import { Transaction } from '../transaction.js'
import { detectSeparator, splitFields } from './fields.js'
import { classify, type Rule } from './rules.js'

export interface ImportReport {
  readonly transactions: readonly Transaction[]
  readonly rejected: readonly { line: number; reason: string }[]
}

export interface ImportOptions {
  readonly account: string
  readonly currency: string
  readonly rules: readonly Rule[]
}

export function importCsv(text: string, options: ImportOptions): ImportReport {
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const separator = detectSeparator(head)
  const transactions: Transaction[] = []
  const rejected: { line: number; reason: string }[] = []
  for (const [index, line] of lines.entries()) {
    const result = importLine(splitFields(line, separator), options, `csv-${index + 1}`)
    if (typeof result === 'string') rejected.push({ line: index + 2, reason: result })
    else transactions.push(result)
  }
  return { transactions, rejected }
}

function importLine(
  fields: readonly string[],
  { account, currency, rules }: ImportOptions,
  id: string,
): Transaction | string {
  const [day = '', description = '', amountText = ''] = fields
  if (!isDay(day)) return `bad date ${day}`
  const { amount } = parseMoney(amountText, currency)
  if (amount === 0) return 'nothing to book'
  const other = classify(description, rules)
  const size = Math.abs(amount)
  return new Transaction({
    id,
    day,
    description,
    postings: [
      { account: amount > 0 ? account : other, side: 'debit', amount: size },
      { account: amount > 0 ? other : account, side: 'credit', amount: size },
    ],
  })
}
