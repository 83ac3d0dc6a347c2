import type { BadReason, Counts, WatchVerdict } from '#domain/watch.ts'

/** The window before a deploy and the one since, as far as it has come. Null: nobody could say. */
export interface Windows {
  readonly before: Counts | null
  readonly after: Counts | null
  /** The window after is as long as the one before. */
  readonly isOver: boolean
}

/** A rate may rise by half before anybody calls it worse (S2-28). */
const tolerated = 1.5
/** K7: more than 1 % of requests that fail is bad where nothing is known of before. */
const ceiling = 0.01
/** Evidence of more than twenty to one: over all looks together at most one in twenty is wrong (Ville), seen 2 in 100. */
const proof = 22
/**
 * How many times as many errors the mixture bets on. Those of deploy.md 3 without 1.5 and 3: chosen on other numbers than
 * those of the bench: five times as many errors are seen a look earlier, and twice as many as often.
 */
const bets = [2, 5, 10]
/** S2-28: more than ten errors, above those that were to be expected. */
const burst = 10
/** With none of so many wrong the rate is below 0.3 % (rule of three): well below the ceiling. */
const enoughWithoutErrors = 1000

/**
 * Whether a deploy made errors more frequent (S2-23, S2-29, K7, K27). May be asked at every look, as often as one likes:
 * it fails as soon as the evidence is there, and says nothing else before the window is over (null).
 */
export function judgeRates({ before, after, isOver }: Windows): WatchVerdict | null {
  if (!isKnown(after)) return isOver ? { kind: 'inconclusive', because: 'no-data' } : null
  const known = isKnown(before) ? before : { errors: 0, requests: 0 }
  const because = badness(known, after)
  if (because !== null) return { kind: 'fail', because }
  return isOver ? atTheEnd(known, after) : null
}

function isKnown(one: Counts | null): one is Counts {
  return one !== null && one.requests > 0 && one.errors <= one.requests
}

function badness(before: Counts, after: Counts): BadReason | null {
  const expected = rate(before) * after.requests
  if (isRisen(before, after) && evidence(before, after) >= proof) return 'rate-risen'
  // What was to be expected is itself a count, and both vary by their roots.
  const excess = after.errors - expected
  if (before.requests > 0 && excess > Math.max(burst, 6 * Math.sqrt(expected))) return 'burst'
  const isBelow = rate(before) <= ceiling / 2
  return isBelow && evidenceAbove(after) >= proof ? 'above-ceiling' : null
}

function atTheEnd(before: Counts, after: Counts): WatchVerdict {
  if (!wouldShow(before, after)) return { kind: 'inconclusive', because: 'too-little' }
  if (before.errors > 0 && isRisen(before, after))
    return { kind: 'inconclusive', because: 'perhaps-risen' }
  return { kind: 'pass' }
}

/** Whether five times as many errors would have been told from none: what could not fail did not pass. */
function wouldShow(before: Counts, after: Counts): boolean {
  if (before.errors === 0) return after.requests >= enoughWithoutErrors && rate(after) <= ceiling
  const errors = Math.min(Math.round(5 * rate(before) * after.requests), after.requests)
  return evidence(before, { ...after, errors }) >= proof
}

function isRisen(before: Counts, after: Counts): boolean {
  return before.requests > 0 && after.errors > 0 && rate(after) >= tolerated * rate(before)
}

function rate({ errors, requests }: Counts): number {
  return requests === 0 ? 0 : errors / requests
}

/**
 * How many times better the errors of both windows fit a rate that rose than one that stayed: a mixture of likelihood
 * ratios of how they fall on the two windows (an e-value; deploy.md 3).
 */
function evidence(before: Counts, after: Counts): number {
  const share = after.requests / (after.requests + before.requests)
  const shares = bets.map((bet) => (share * bet) / (share * bet + 1 - share))
  return mixture(share, shares, { hits: after.errors, of: after.errors + before.errors })
}

/** The same against a rate of one in a hundred, where there is nothing to compare with. */
function evidenceAbove({ errors, requests }: Counts): number {
  const rates = bets.map((bet) => ceiling * bet)
  return mixture(ceiling, rates, { hits: errors, of: requests })
}

function mixture(
  assumed: number,
  others: readonly number[],
  { hits, of }: { readonly hits: number; readonly of: number },
): number {
  const ratios = others.map((other) =>
    Math.exp(
      hits * Math.log(other / assumed) + (of - hits) * Math.log((1 - other) / (1 - assumed)),
    ),
  )
  return ratios.reduce((sum, one) => sum + one, 0) / ratios.length
}
