/** Names for kinds of numbers, so that a signature says what it wants. */
export type NonNegative = number & { readonly kind?: 'non-negative' }
export type NonPositive = number & { readonly kind?: 'non-positive' }
export type NegativeInteger = number & { readonly sort?: 'negative-integer' }
export type NonNegativeInteger = number & { readonly sort?: 'non-negative-integer' }

export function isNegativeInteger(value: number): value is NegativeInteger {
  return Number.isInteger(value) && value < 0
}

export function isNonNegativeInteger(value: number): value is NonNegativeInteger {
  return Number.isInteger(value) && value >= 0
}

export function clampNonNegative(value: number): NonNegative {
  return Math.max(0, value)
}

export function clampNonPositive(value: number): NonPositive {
  return Math.min(0, value)
}
