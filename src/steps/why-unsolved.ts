import type { Evidence } from '#domain/evidence.ts'
import type { Failure, SetAside } from '#domain/failure.ts'
import type { FailureReason } from '#domain/outcome.ts'
import type { FlakeVerdict } from '#domain/verdict.ts'
import { leftDetail } from '#messages/fix-notes.ts'

import { rerunFailure } from './rerun-failure.ts'
import type { Climbed } from './standing.ts'

interface Asked {
  readonly failure: Failure
  readonly climbed: Climbed
  /** The check on the tree that the climb started from. */
  readonly first: Evidence
  /** Runs the check on that tree once more, never from memory. */
  readonly rerun: () => Promise<Evidence>
  readonly reruns: number
  readonly snapshotsAllowed: boolean
}

/** Why a check is not repaired; null when it is. Chance is asked about before code is changed for a test, or it is given up. */
export async function whyUnsolved(asked: Asked): Promise<SetAside | null> {
  const { failure, climbed, snapshotsAllowed } = asked
  // Green through the repairs before it: nothing is changed for it, so nothing is to be asked.
  if (climbed.repair?.patch.length === 0) return null
  const chance = climbed.chance ?? (await rerunFailure(asked))
  const reason = reasonOf(chance, climbed)
  if (reason === null) return null
  const { check, evidence } = failure
  const left = leftDetail(climbed.left, snapshotsAllowed)
  const ended = climbed.spent?.sentence ?? climbed.declined
  const detail = ended === null ? left : `${left}; ${ended}`
  return { check: check.name, reason, detail, evidence }
}

function reasonOf(
  { kind }: FlakeVerdict,
  { repair, trials, spent, declined }: Climbed,
): FailureReason | null {
  switch (kind) {
    case 'flaky':
    case 'green':
      return 'flaky'
    case 'infrastructure':
      return 'sandbox-limit'
    case 'broken':
    case 'rerun':
      if (repair !== null) return null
      if (spent !== null) return 'budget-spent'
      if (declined !== null) return 'too-complex'
      return trials.some(({ verdict }) => verdict === 'kept') ? 'fix-incomplete' : 'no-fix-found'
  }
}
