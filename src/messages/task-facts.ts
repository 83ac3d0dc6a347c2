import { type Account, deployIn, factsIn, weighedIn } from '#domain/account.ts'
import { isGreen } from '#domain/evidence.ts'
import type { ProofEntry } from '#domain/failure.ts'
import type { Counts } from '#domain/watch.ts'

import { factsOf, one } from './facts.ts'
import { oneLine } from './plain-text.ts'
import { workKinds } from './work-kind.ts'

/** What nobody wrote down is called so, and not guessed at. */
export const notRecorded = 'not recorded'

/** What was to be fixed: as the repair calls it, else the pull request that was deployed. */
export function subjectOf(account: Account): string {
  const title = one(factsIn(account), 'judgement')?.title ?? deployIn(account)?.title
  return title === undefined ? notRecorded : oneLine(title)
}

/** How grave what was wrong is, and what kind of work mends it (S2-38). */
export function impactOf(account: Account): string {
  const facts = factsIn(account)
  const weight = one(facts, 'judgement') ?? one(facts, 'triage')
  const work = one(facts, 'judgement')?.work ?? weighedIn(account)?.work ?? null
  const told = [
    ...(weight === undefined
      ? []
      : [`${weight.severity} severity`, `priority ${weight.priority} of 10`]),
    ...(work === null || work === 'unknown' ? [] : [workKinds[work]]),
  ]
  return told.length === 0 ? notRecorded : told.join(', ')
}

/** The paths that the deploy changed, else those of the repairs; each once. */
export function filesOf(account: Account): readonly string[] {
  const deployed = weighedIn(account)
  if (deployed !== null) return deployed.files
  const patches = factsOf(factsIn(account), 'repair').map(({ repair }) => repair.patch)
  return [...new Set(patches.flatMap((patch) => patch.map(({ path }) => path)))]
}

/** The newest proof of each check. */
export function proofsOf(account: Account): readonly ProofEntry[] {
  const all = factsOf(factsIn(account), 'proof').map(({ entry }) => entry)
  return [...new Map(all.map((entry) => [entry.check, entry])).values()]
}

/** A check as S2-26 and S2-44 call it: by what its command is, else by its own name. */
export function kindOf({ check, after }: ProofEntry): 'type_check' | 'tests' | null {
  const said = `${check} ${after.command}`
  if (/\btsc\b|type-?check|\btypes?\b/i.test(said)) return 'type_check'
  return /\b(?:tests?|vitest|jest|mocha)\b/i.test(said) ? 'tests' : null
}

export function hasPassed({ after }: ProofEntry): boolean {
  return isGreen(after)
}

/** "0.50 % of requests"; what nobody counted is not recorded (K27: a rate, never a bare count). */
export function rateOf(counts: Counts | null): string {
  if (counts === null || counts.requests === 0) return notRecorded
  return `${((100 * counts.errors) / counts.requests).toFixed(2)} % of requests`
}

/** "1m 23s", as S2-26 writes times; null: not recorded. */
export function shortSpan(from: Date | null, to: Date | null): string {
  if (from === null || to === null) return notRecorded
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000))
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${seconds % 60}s`
}

/** "2025-10-18 14:23:45 UTC" */
export function stamp(time: Date | null): string {
  return time === null ? notRecorded : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
