import type { Transaction } from '../transaction.js'

export interface Store {
  append(transaction: Transaction): Promise<void>
  all(): Promise<Transaction[]>
  find(id: string): Promise<Transaction | undefined>
}
