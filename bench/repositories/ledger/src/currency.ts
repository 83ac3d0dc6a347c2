export interface Currency {
  readonly code: string
  readonly digits: number
  readonly symbol: string
}

const currencies: readonly Currency[] = [
  { code: 'EUR', digits: 2, symbol: '€' },
  { code: 'USD', digits: 2, symbol: '$' },
  { code: 'JPY', digits: 0, symbol: '¥' },
  { code: 'KWD', digits: 3, symbol: 'KD' },
]

export function findCurrency(code: string): Currency | undefined {
  return currencies.find((currency) => currency.code === code)
}

export function requireCurrency(code: string): Currency {
  const currency = findCurrency(code)
  if (!currency) throw new RangeError(`unknown currency ${code}`)
  return currency
}

export function minorUnits(code: string): number {
  return 10 ** requireCurrency(code).digits
}
