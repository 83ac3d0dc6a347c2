import { LedgerError } from './errors.js'

export type AccountKind = 'asset' | 'liability' | 'equity' | 'income' | 'expense'
export type Side = 'debit' | 'credit'

export interface AccountOptions {
  readonly code: string
  readonly name: string
  readonly kind: AccountKind
  readonly currency: string
  readonly parent?: Account
}

export class Account {
  readonly code: string
  readonly name: string
  readonly kind: AccountKind
  readonly currency: string
  readonly parent: Account | undefined
  closedOn: string | undefined

  constructor(options: AccountOptions) {
    if (!/^\d{3,6}$/.test(options.code))
      throw new LedgerError(`bad account code ${options.code}`)
    this.code = options.code
    this.name = options.name
    this.kind = options.kind
    this.currency = options.currency
    this.parent = options.parent
  }

  get path(): string {
    return this.parent ? `${this.parent.path}/${this.name}` : this.name
  }

  get depth(): number {
    return this.parent ? this.parent.depth + 1 : 0
  }

  close(day: string): void {
    this.closedOn ??= day
  }

  isOpenOn(day: string): boolean {
    return this.closedOn === undefined || day < this.closedOn
  }
}

/** The side on which an account of this kind grows. */
export function normalSide(kind: AccountKind): Side {
  switch (kind) {
    case 'asset':
    case 'expense':
      return 'debit'
    case 'liability':
    case 'equity':
    case 'income':
      return 'credit'
  }
}
