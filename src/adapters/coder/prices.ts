import type { CoderUsage } from '#domain/coder.ts'

/** US dollars for a million tokens; null where nobody told us. */
export interface Prices {
  readonly input: number
  readonly output: number
  /** Of the input, what is read from a cache. */
  readonly cached: number
}

export type Counted = Omit<CoderUsage, 'model' | 'calls' | 'durationMs'>

/** Four characters are about one token of English or code. */
const charactersOfToken = 4

/** What nobody counted. Lengths are in characters. */
export function guessed(prompt: number, answer: number, prices: Prices | null): Counted {
  const input = Math.ceil(prompt / charactersOfToken)
  const output = Math.ceil(answer / charactersOfToken)
  return {
    inputTokens: input,
    outputTokens: output,
    cachedTokens: 0,
    dollars: priced({ input, output, cached: 0, written: 0 }, prices),
    source: 'estimated',
  }
}

/** Anthropic takes a quarter more for what it writes into its cache of five minutes. */
const writtenToCache = 1.25

interface Tokens {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly written: number
}

export function priced(
  { input, output, cached, written }: Tokens,
  prices: Prices | null,
): number | null {
  if (prices === null) return null
  const plain = Math.max(0, input - cached - written)
  const inputs = plain * prices.input + cached * prices.cached
  return (inputs + written * prices.input * writtenToCache + output * prices.output) / 1_000_000
}

export function lengthOf(value: unknown): number {
  return JSON.stringify(value).length
}
