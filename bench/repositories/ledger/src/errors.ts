/** Everything that this library throws on purpose. */
export class LedgerError extends Error {
  override readonly name: string = 'LedgerError'
}

export class UnbalancedError extends LedgerError {
  override readonly name = 'UnbalancedError'
  readonly difference: number

  constructor(difference: number) {
    super(`debits and credits differ by ${difference}`)
    this.difference = difference
  }
}

export class UnknownAccountError extends LedgerError {
  override readonly name = 'UnknownAccountError'
  readonly code: string

  constructor(code: string) {
    super(`there is no account ${code}`)
    this.code = code
  }
}
