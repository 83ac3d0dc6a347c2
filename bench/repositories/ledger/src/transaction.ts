import type { Side } from './account.js'
import type { Day } from './dates.js'
import { LedgerError, UnbalancedError } from './errors.js'

export interface Posting {
  readonly account: string
  readonly side: Side
  readonly amount: number
  readonly note?: string
}

export class Transaction {
  readonly id: string
  readonly day: Day
  readonly description: string
  readonly postings: readonly Posting[]
  readonly tags: ReadonlySet<string>

  constructor(fields: {
    id: string
    day: Day
    description: string
    postings: readonly Posting[]
    tags?: Iterable<string>
  }) {
    this.id = fields.id
    this.day = fields.day
    this.description = fields.description
    this.postings = fields.postings
    this.tags = new Set(fields.tags ?? [])
    this.assertValid()
  }

  get total(): number {
    return sumSide(this.postings, 'debit')
  }

  touches(account: string): boolean {
    return this.postings.some((posting) => posting.account === account)
  }

  /** The same transaction with both sides exchanged, to undo this one. */
  reversed(id: string, day: Day): Transaction {
    const postings = this.postings.map((posting) => ({
      ...posting,
      side: posting.side === 'debit' ? ('credit' as const) : ('debit' as const),
    }))
    return new Transaction({ id, day, description: `Reversal of ${this.id}`, postings })
  }

  private assertValid(): void {
    if (this.postings.length < 2)
      throw new LedgerError('a transaction needs two postings')
    if (this.postings.some(({ amount }) => !Number.isInteger(amount) || amount <= 0)) {
      throw new LedgerError('amounts must be positive whole numbers')
    }
    const difference = sumSide(this.postings, 'debit') - sumSide(this.postings, 'credit')
    if (difference !== 0) throw new UnbalancedError(difference)
  }
}

export function sumSide(postings: readonly Posting[], side: Side): number {
  let total = 0
  for (const posting of postings) {
    if (posting.side === side) total += posting.amount
  }
  return total
}
