import { minorUnits, requireCurrency } from './currency.js'
import { LedgerError } from './errors.js'

/** An amount in minor units: cents, yen, fils. */
export interface Money {
  readonly amount: number
  readonly currency: string
}

export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount))
    throw new LedgerError(`not a whole amount: ${amount}`)
  return { amount, currency: requireCurrency(currency).code }
}

export function parseMoney(text: string, currency: string): Money {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!match) throw new LedgerError(`not an amount: ${text}`)
  const [, sign, whole, fraction = ''] = match
  const { digits } = requireCurrency(currency)
  if (fraction.length > digits) throw new LedgerError(`too many decimals: ${text}`)
  const minor =
    Number(whole) * minorUnits(currency) + Number(fraction.padEnd(digits, '0'))
  return money(sign === '-' ? -minor : minor, currency)
}

export function formatMoney({ amount, currency }: Money): string {
  const { digits, symbol } = requireCurrency(currency)
  const absolute = Math.abs(amount) / minorUnits(currency)
  const sign = amount < 0 ? '-' : ''
  return `${sign}${symbol}${absolute.toFixed(digits)}`
}

export function add(left: Money, right: Money): Money {
  assertSameCurrency(left, right)
  return money(left.amount + right.amount, left.currency)
}

export function subtract(left: Money, right: Money): Money {
  return add(left, negate(right))
}

export function negate({ amount, currency }: Money): Money {
  return money(amount === 0 ? 0 : -amount, currency)
}

/** Splits an amount by weights so that the parts add up to the whole, to the last cent. */
export function allocate(total: Money, weights: readonly number[]): Money[] {
  const sum = weights.reduce((left, right) => left + right, 0)
  if (sum <= 0) throw new LedgerError('weights must add up to more than zero')
  const parts = weights.map((weight) => Math.floor((total.amount * weight) / sum))
  let rest = total.amount - parts.reduce((left, right) => left + right, 0)
  return parts.map((part) => money(rest-- > 0 ? part + 1 : part, total.currency))
}

function assertSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) {
    throw new LedgerError(`cannot mix ${left.currency} and ${right.currency}`)
  }
}
