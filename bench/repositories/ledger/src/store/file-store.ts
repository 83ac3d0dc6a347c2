import { appendFile, readFile } from 'node:fs/promises'

import type { Transaction } from '../transaction.js'
import { decodeTransaction, encodeTransaction } from './codec.js'
import type { Store } from './store.js'

/** One transaction per line, appended; never rewritten. */
export class FileStore implements Store {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async append(transaction: Transaction): Promise<void> {
    await appendFile(this.#path, `${encodeTransaction(transaction)}\n`)
  }

  async all(): Promise<Transaction[]> {
    const text = await this.#read()
    const lines = text.split('\n').filter((line) => line !== '')
    return lines.map((line) => decodeTransaction(line))
  }

  async find(id: string): Promise<Transaction | undefined> {
    const transactions = await this.all()
    return transactions.find((transaction) => transaction.id === id)
  }

  async #read(): Promise<string> {
    try {
      return await readFile(this.#path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
      throw error
    }
  }
}
