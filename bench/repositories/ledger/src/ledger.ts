import { Account, type AccountOptions, normalSide } from './account.js'
import type { Day } from './dates.js'
import { LedgerError, UnknownAccountError } from './errors.js'
import type { Store } from './store/store.js'
import { MemoryStore } from './store/memory-store.js'
import type { Transaction } from './transaction.js'

export class Ledger {
  readonly #accounts = new Map<string, Account>()
  readonly #store: Store

  constructor(store: Store = new MemoryStore()) {
    this.#store = store
  }

  open(options: AccountOptions): Account {
    if (this.#accounts.has(options.code)) {
      throw new LedgerError(`account ${options.code} exists already`)
    }
    const account = new Account(options)
    this.#accounts.set(account.code, account)
    return account
  }

  account(code: string): Account {
    const account = this.#accounts.get(code)
    if (!account) throw new UnknownAccountError(code)
    return account
  }

  accounts(): Account[] {
    return [...this.#accounts.values()].toSorted((left, right) =>
      left.code.localeCompare(right.code),
    )
  }

  async post(transaction: Transaction): Promise<void> {
    for (const posting of transaction.postings) {
      const account = this.account(posting.account)
      if (!account.isOpenOn(transaction.day)) {
        throw new LedgerError(`account ${account.code} is closed`)
      }
    }
    await this.#store.append(transaction)
  }

  async transactions(until?: Day): Promise<Transaction[]> {
    const all = await this.#store.all()
    return until === undefined ? all : all.filter(({ day }) => day <= until)
  }

  /** The balance on the account's own side: positive means "more of it". */
  async balance(code: string, until?: Day): Promise<number> {
    const side = normalSide(this.account(code).kind)
    const transactions = await this.transactions(until)
    let balance = 0
    for (const { postings } of transactions) {
      for (const posting of postings) {
        if (posting.account !== code) continue
        balance += posting.side === side ? posting.amount : -posting.amount
      }
    }
    return balance
  }

  async undo(id: string, day: Day): Promise<Transaction> {
    const original = (await this.#store.all()).find(
      (transaction) => transaction.id === id,
    )
    if (!original) throw new LedgerError(`there is no transaction ${id}`)
    const reversal = original.reversed(`${id}-reversed`, day)
    await this.post(reversal)
    return reversal
  }
}
