import { z } from 'zod'

import { LedgerError } from '../errors.js'
import { Transaction } from '../transaction.js'

const posting = z.object({
  account: z.string(),
  side: z.enum(['debit', 'credit']),
  amount: z.int(),
  note: z.string().optional(),
})

const record = z.object({
  id: z.string(),
  day: z.string(),
  description: z.string(),
  postings: z.array(posting),
  tags: z.array(z.string()),
})

export function encodeTransaction(transaction: Transaction): string {
  const { id, day, description, postings, tags } = transaction
  return JSON.stringify({ id, day, description, postings, tags: [...tags] })
}

export function decodeTransaction(line: string): Transaction {
  const parsed = record.safeParse(JSON.parse(line))
  if (!parsed.success)
    throw new LedgerError(`damaged record: ${z.prettifyError(parsed.error)}`)
  return new Transaction(parsed.data)
}
