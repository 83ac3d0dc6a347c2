import type { Acquittal } from '#domain/culprit.ts'

/** One look at a commit: the failure is there, is not there, or nothing can be said (it does not install or build). */
export type Sighting = 'red' | 'green' | 'unknown'

export interface Hunt {
  /** SHAs along the first parents, the oldest first; the last is the red head. */
  readonly line: readonly string[]
  readonly sightings: ReadonlyMap<string, readonly Sighting[]>
  /** Somebody says that the first of the line is good. Otherwise a good one is looked for, further and further back. */
  readonly knownGood: boolean
  /** How often the culprit must be seen red, and its parent green. */
  readonly confirmations: number
}

export type Move =
  | { readonly kind: 'look'; readonly sha: string; readonly afresh: boolean }
  | { readonly kind: 'culprit'; readonly sha: string; readonly parent: string }
  | { readonly kind: 'nobody'; readonly because: Acquittal }

/**
 * What to look at next. Blame needs proof: a failure that is bracketed by success, on neighbours, more than once. A commit
 * that was both red and green shows that the failure is flaky, and then nobody is blamed (autofix.md 1.1-1.3).
 */
export function nextMove(hunt: Hunt): Move {
  if (isFlaky(hunt)) return { kind: 'nobody', because: 'flaky' }
  const seen = hunt.line.map((sha) => verdictOf(hunt, sha))
  const head = hunt.line.length - 1
  if (seen[head] !== 'red') return lookAt(hunt, head, seen)
  const good = seen.lastIndexOf('green')
  if (good < 0) return searchBack(hunt, seen)
  const bad = seen.indexOf('red', good)
  const middle = untested(seen, { good, bad })
  if (middle !== null) return lookAt(hunt, middle, seen)
  // What lies between them cannot be looked at: any of it may be guilty.
  if (bad - good > 1) return { kind: 'nobody', because: 'untestable' }
  return confirm(hunt, { good, bad })
}

function isFlaky({ line, sightings }: Hunt): boolean {
  return line.some((sha) => {
    const of = sightings.get(sha) ?? []
    return of.includes('red') && of.includes('green')
  })
}

function verdictOf({ sightings }: Hunt, sha: string): Sighting | null {
  const of = sightings.get(sha) ?? []
  return of.find((one) => one !== 'unknown') ?? of[0] ?? null
}

/** A head that is not red any more says that the failure comes and goes; one that does not run says nothing. */
function lookAt({ line }: Hunt, at: number, seen: readonly (Sighting | null)[]): Move {
  const sha = line[at]
  if (seen[at] === 'unknown') return { kind: 'nobody', because: 'untestable' }
  if (sha === undefined || seen[at] !== null) return { kind: 'nobody', because: 'flaky' }
  return { kind: 'look', sha, afresh: false }
}

/** One, two, four, eight commits before the oldest that was looked at; a good one that was named is looked at first. */
function searchBack(hunt: Hunt, seen: readonly (Sighting | null)[]): Move {
  const oldest = seen.findIndex((one) => one !== null)
  if (hunt.knownGood)
    return seen[0] === null
      ? lookAt(hunt, 0, seen)
      : { kind: 'nobody', because: seen[0] === 'red' ? 'good-is-red' : 'untestable' }
  if (oldest === 0) return { kind: 'nobody', because: 'red-throughout' }
  const head = hunt.line.length - 1
  const distance = Math.max(1, 2 * (head - oldest))
  return lookAt(hunt, Math.max(0, head - distance), seen)
}

/** The one nearest to the middle that was not looked at yet. */
function untested(
  seen: readonly (Sighting | null)[],
  { good, bad }: { readonly good: number; readonly bad: number },
): number | null {
  const middle = (good + bad) / 2
  const open = [...seen.keys()].filter((at) => at > good && at < bad && seen[at] === null)
  return open.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? null
}

function confirm(
  { line, sightings, confirmations }: Hunt,
  { good, bad }: { readonly good: number; readonly bad: number },
): Move {
  const [sha = '', parent = ''] = [line[bad], line[good]]
  const count = (of: string): number => sightings.get(of)?.length ?? 0
  const weaker = count(sha) <= count(parent) ? sha : parent
  if (count(weaker) < confirmations) return { kind: 'look', sha: weaker, afresh: true }
  return { kind: 'culprit', sha, parent }
}
