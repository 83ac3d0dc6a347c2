import type { Check } from '#domain/check.ts'
import type { Acquittal, Culprit, Landed } from '#domain/culprit.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'
import { nextMove } from '#policy/bisection.ts'
import { confirmationsFor, sightingOf } from '#policy/sighting.ts'

/** What was seen of one check on the commits of a line: each look once, whichever failure it was for. */
export interface Looks {
  readonly of: ReadonlyMap<string, readonly Evidence[]>
  /** Runs the check on a commit; false when no more runs are allowed. */
  look(sha: string, afresh: boolean): Promise<boolean>
}

export interface HuntFor {
  readonly check: Check
  readonly target: Finding
  /** The oldest first. */
  readonly line: readonly Landed[]
  readonly knownGood: boolean
}

export type Hunted =
  | { readonly kind: 'culprit'; readonly culprit: Culprit }
  | { readonly kind: 'nobody'; readonly because: Acquittal }

/** Looks at commits until one is proved guilty of a failure, or nobody can be blamed. */
export async function hunt(
  looks: Looks,
  { check, target, line, knownGood }: HuntFor,
): Promise<Hunted> {
  const confirmations = confirmationsFor(target.tool)
  for (;;) {
    const sightings = new Map(
      [...looks.of].map(([sha, seen]) => [sha, seen.map((one) => sightingOf(target, one))]),
    )
    const shas = line.map(({ sha }) => sha)
    const move = nextMove({ line: shas, sightings, knownGood, confirmations })
    if (move.kind === 'nobody') return move
    if (move.kind === 'look') {
      if (await looks.look(move.sha, move.afresh)) continue
      return { kind: 'nobody', because: 'too-many-runs' }
    }
    const commit = line.find(({ sha }) => sha === move.sha)
    if (commit === undefined) return { kind: 'nobody', because: 'untestable' }
    const runs = (sha: string): number => sightings.get(sha)?.length ?? 0
    const seen = { redRuns: runs(move.sha), greenRuns: runs(move.parent) }
    return {
      kind: 'culprit',
      culprit: { check: check.name, commit, parent: move.parent, findings: [target], ...seen },
    }
  }
}
