/** Fourteen tries lie within eleven hours: over a night's outage of a mail server. */
const most = 14
const firstMs = 15_000
const longestMs = 60 * 60_000

/** How long to wait after the so-manieth try that failed, in milliseconds: twice as long each time; null: no more. */
export function nextTryAfter(attempt: number): number | null {
  return attempt >= most ? null : Math.min(longestMs, firstMs * 2 ** (attempt - 1))
}
