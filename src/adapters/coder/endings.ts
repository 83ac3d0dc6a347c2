import { APICallError, JSONParseError, NoSuchToolError, RetryError, TypeValidationError } from 'ai'

import type { CoderEnd } from '#domain/coder.ts'
import type { CoderAnswer } from '#ports/coder.ts'

import { BudgetSpent } from './metered-model.ts'

type Ended = Extract<CoderAnswer, { kind: 'ended' }>

/** How a call ended that brought no answer; null for what is nobody's but ours: a fault of this program. */
export function endingOf(error: unknown, signal: AbortSignal): Ended | null {
  if (signal.aborted) return ended('cancelled', '')
  const last = RetryError.isInstance(error) ? error.lastError : error
  if (last instanceof BudgetSpent) return ended('budget-spent', '')
  if (isTimeout(last)) return ended('timeout', '')
  if (APICallError.isInstance(last)) return ended(endOf(last), shortly(last.message))
  const isNonsense = [JSONParseError, TypeValidationError, NoSuchToolError].some((kind) =>
    kind.isInstance(last),
  )
  return isNonsense ? ended('nonsense', shortly(String(last))) : null
}

function endOf({ statusCode, cause }: APICallError): CoderEnd {
  if (statusCode === undefined) return 'unreachable'
  if (statusCode === 429) return 'rate-limited'
  if (statusCode >= 500 || statusCode === 408) return 'unreachable'
  if (statusCode >= 400) return 'refused'
  // An answer came, and it is none that can be read.
  return isBroken(cause) ? 'unreachable' : 'nonsense'
}

function isBroken(cause: unknown): boolean {
  return cause instanceof Error && !JSONParseError.isInstance(cause) && cause.name === 'TypeError'
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
}

const longest = 300

function shortly(text: string): string {
  return text.slice(0, longest)
}

export function ended(because: CoderEnd, detail: string): Ended {
  return { kind: 'ended', because, detail }
}
