import type { Person } from '#domain/gate.ts'
import { emergencyIn, secondLookType } from '#domain/second-look.ts'
import type { Deployments } from '#ports/deployments.ts'
import type { RunStore } from '#ports/run-store.ts'

import type { Gate } from './app-gate.ts'

/** Somebody's word about a change, once it was found to count. */
export interface LaterWord {
  readonly gate: Gate
  readonly environment: string
  readonly verdict: 'approve' | 'reject'
  readonly person: Person
  readonly reason: string | null
  readonly source: string
}

export interface SecondLookParts {
  readonly deployments: Pick<Deployments, 'past'>
  readonly store: Pick<RunStore, 'audit' | 'append'>
}

/**
 * Whether the word is about a commit that somebody else has deployed as an emergency: then it is put on record as the look of
 * a second person. A confirmation opens nothing.
 */
export async function takeSecondLook(
  { deployments, store }: SecondLookParts,
  { gate: { repository, change }, environment, verdict, person, reason, source }: LaterWord,
): Promise<boolean> {
  const past = await deployments.past(repository.id, environment)
  const of = past.findLast(({ sha, takesBack, state }) => {
    const hasBegun = state !== 'queued' && state !== 'refused'
    return takesBack === null && hasBegun && sha === change.sha
  })
  if (of === undefined) return false
  const emergency = emergencyIn(await store.audit(of.runId))
  if (emergency === null || emergency.id === person.id) return false
  const data = { verdict: words[verdict], by: person.login, reason }
  await store.append({
    runId: of.runId,
    key: `facts/second-look ${source}`,
    type: secondLookType,
    data,
  })
  return true
}

const words = { approve: 'confirmed', reject: 'objected' } as const
