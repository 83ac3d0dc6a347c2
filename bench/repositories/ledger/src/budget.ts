import { addMonths, type Day } from './dates.js'
import { LedgerError } from './errors.js'
import type { Ledger } from './ledger.js'

export interface BudgetLine {
  readonly account: string
  readonly planned: number
}

export interface Spending extends BudgetLine {
  readonly spent: number
  readonly left: number
  readonly exceeded: boolean
}

export class Budget {
  readonly start: Day
  readonly #lines = new Map<string, BudgetLine>()

  constructor(start: Day) {
    this.start = start
  }

  plan(account: string, planned: number): this {
    if (planned < 0) throw new LedgerError('a plan cannot be negative')
    this.#lines.set(account, { account, planned })
    return this
  }

  get end(): Day {
    return addMonths(this.start, 1)
  }

  async compare(ledger: Ledger): Promise<Spending[]> {
    const before = new Map<string, number>()
    const spendings: Spending[] = []
    for (const { account, planned } of this.#lines.values()) {
      before.set(account, await ledger.balance(account, this.start))
      const spent = (await ledger.balance(account, this.end)) - (before.get(account) ?? 0)
      spendings.push({
        account,
        planned,
        spent,
        left: planned - spent,
        exceeded: spent > planned,
      })
    }
    return spendings
  }
}
