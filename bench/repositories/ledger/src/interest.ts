import { daysBetween, type Day } from './dates.js'
import { clampNonNegative, isNegativeInteger, isNonNegativeInteger } from './numbers.js'

export interface Loan {
  readonly principal: number
  readonly yearlyRate: number
  readonly start: Day
}

/** Simple interest in minor units, on a year of 360 days as banks count it. */
export function accruedInterest(loan: Loan, until: Day): number {
  const days = clampNonNegative(daysBetween(loan.start, until))
  return Math.round((loan.principal * loan.yearlyRate * days) / 360)
}

export function remaining(loan: Loan, payments: readonly number[]): number {
  const refunds = payments.filter((payment) => isNegativeInteger(payment))
  const instalments = payments.filter((payment) => isNonNegativeInteger(payment))
  const paid = instalments.reduce((left, right) => left + right, 0)
  const returned = refunds.reduce((left, right) => left - right, 0)
  return clampNonNegative(loan.principal - paid + returned)
}
