import { setTimeout as sleep } from 'node:timers/promises'

import { DatabaseError } from 'pg'

/** Revived, an embedded server is back within seconds; one that fails over may take a minute. */
const patienceMs = 60_000
const everyMs = 250

/**
 * Does again what the database was away for; only for what may be done twice. Throws the last error when the patience
 * is over, and every other error at once.
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isAway(error) || performance.now() > until) throw error
      await sleep(everyMs)
    }
  }
}

/** Whether an error says that the server was not there, or went before it answered. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // Connection exception, insufficient resources, operator intervention; not a query somebody cancelled.
  if (error instanceof DatabaseError)
    return /^(?:08|53|57)/.test(error.code ?? '') && error.code !== '57014'
  const code = 'code' in error ? String(error.code) : ''
  return awayCodes.has(code) || awayWords.test(error.message)
}

const awayCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
])

/** The driver has no codes for these. */
const awayWords =
  /connection terminated|connection error|connection ended|not queryable|timeout exceeded when trying to connect/i
