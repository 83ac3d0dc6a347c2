import { APICallError, type LanguageModelMiddleware } from 'ai'

import type { CoderUsage } from '#domain/coder.ts'
import type { Meter } from '#ports/coder.ts'

/** US dollars for a million tokens; null where nobody told us. */
export interface Prices {
  readonly input: number
  readonly output: number
  /** Of the input, what is read from a cache. */
  readonly cached: number
}

interface Metering {
  readonly model: string
  readonly prices: Prices | null
  readonly meter: Meter
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number
}

/** Thrown instead of a call that the budget no longer allows. */
export class BudgetSpent extends Error {}

type Generate = NonNullable<LanguageModelMiddleware['wrapGenerate']>
type Generated = Awaited<ReturnType<Generate>>

/** Tells the meter of every call, also of one that failed, and makes none once the meter says that all is spent. */
export function metering({ model, prices, meter, elapsed }: Metering): LanguageModelMiddleware {
  let isSpent = false
  return {
    specificationVersion: 'v4',
    async wrapGenerate({ doGenerate, params }) {
      if (isSpent) throw new BudgetSpent('The budget is spent.')
      const began = elapsed()
      const tell = async (counted: Counted): Promise<void> => {
        const used = { model, calls: 1, ...counted, durationMs: elapsed() - began }
        isSpent = (await meter.spend(used)) === 'spent'
      }
      try {
        const answer = await doGenerate()
        await tell(countedIn(answer, lengthOf(params.prompt), prices))
        return answer
      } catch (error) {
        if (mayBeBilled(error)) await tell(guessed(lengthOf(params.prompt), 0, prices))
        throw error
      }
    },
  }
}

type Counted = Omit<CoderUsage, 'model' | 'calls' | 'durationMs'>

/** A refusal by its status, or a call that reached nobody, costs nothing; one that broke off may well be on the bill. */
function mayBeBilled(error: unknown): boolean {
  if (!APICallError.isInstance(error)) return true
  return (error.statusCode ?? 200) < 400 && !unsent.test(causesOf(error))
}

const unsent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/

function causesOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return `${'code' in error ? String(error.code) : ''} ${causesOf(error.cause)}`
}

function countedIn({ usage, content }: Generated, prompt: number, prices: Prices | null): Counted {
  const input = usage.inputTokens.total
  const output = usage.outputTokens.total
  if (input === undefined || output === undefined) return guessed(prompt, lengthOf(content), prices)
  const cachedTokens = usage.inputTokens.cacheRead ?? 0
  const written = usage.inputTokens.cacheWrite ?? 0
  return {
    inputTokens: input,
    outputTokens: output,
    cachedTokens,
    dollars: priced({ input, output, cached: cachedTokens, written }, prices),
    source: 'measured',
  }
}

/** Four characters are about one token of English or code. */
const charactersOfToken = 4

function guessed(prompt: number, answer: number, prices: Prices | null): Counted {
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

function priced({ input, output, cached, written }: Tokens, prices: Prices | null): number | null {
  if (prices === null) return null
  const plain = Math.max(0, input - cached - written)
  const inputs = plain * prices.input + cached * prices.cached
  return (inputs + written * prices.input * writtenToCache + output * prices.output) / 1_000_000
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length
}
