import { LedgerError } from '../errors.js'
import type { Transaction } from '../transaction.js'
import type { Store } from './store.js'

export class MemoryStore implements Store {
  readonly #transactions = new Map<string, Transaction>()

  append(transaction: Transaction): Promise<void> {
    if (this.#transactions.has(transaction.id)) {
      return Promise.reject(
        new LedgerError(`transaction ${transaction.id} exists already`),
      )
    }
    this.#transactions.set(transaction.id, transaction)
    return Promise.resolve()
  }

  all(): Promise<Transaction[]> {
    const list = [...this.#transactions.values()]
    return Promise.resolve(
      list.toSorted((left, right) => left.day.localeCompare(right.day)),
    )
  }

  find(id: string): Promise<Transaction | undefined> {
    return Promise.resolve(this.#transactions.get(id))
  }
}
