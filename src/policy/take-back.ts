import type { DeployState, PastDeploy, RollbackRefusal } from '#domain/deploy.ts'

export type TakeBack =
  | { readonly kind: 'take-back'; readonly deploy: PastDeploy; readonly previous: string }
  | { readonly kind: 'refused'; readonly because: RollbackRefusal }

/** What a person who says `/rollback` gets: the newest deploy taken back, to what was verified before it. Oldest first. */
export function takeBackOf(past: readonly PastDeploy[]): TakeBack {
  const back = past.filter(({ takesBack }) => takesBack !== null)
  if (back.some(({ endedAt }) => endedAt === null)) return refused('under-way')
  const newest = past.findLast(({ takesBack, state }) => takesBack === null && hasBegun(state))
  if (newest === undefined) return refused('nothing-deployed')
  const { runId, state, previous } = newest
  const isBack = back.some((one) => one.takesBack === runId && one.state === 'rolled-back')
  // There is no rollback of a rollback: what is live then was verified.
  if (isBack || state === 'rolled-back') return refused('taken-back')
  if (previous === null) return refused('nothing-verified')
  return { kind: 'take-back', deploy: newest, previous }
}

/** The same once more when its turn comes: only the deploy that was meant, and not what its own run took back meanwhile. */
export function takeBackNow(past: readonly PastDeploy[], own: PastDeploy): TakeBack {
  const found = takeBackOf(past.filter(({ runId }) => runId !== own.runId))
  const meant = past.find(({ runId }) => runId === own.takesBack)
  if (meant === undefined || !hasBegun(meant.state)) return refused('never-live')
  if (found.kind === 'refused') return found
  const { state, endedAt } = meant
  const hasTried = state === 'rollback-failed' && endedAt !== null && endedAt > own.enteredAt
  return hasTried ? refused('taken-back') : found
}

/** Whether a deploy was live or under way at some time since then, or stands to be. Ways back are none. */
export function wentOut(past: readonly PastDeploy[], since: Date): boolean {
  return past.some(
    ({ takesBack, state, enteredAt, endedAt }) =>
      takesBack === null &&
      hasBegun(state) &&
      (endedAt === null || (enteredAt > since && endedAt > since)),
  )
}

function hasBegun(state: DeployState): boolean {
  return state !== 'queued' && state !== 'refused' && state !== 'not-deployed'
}

function refused(because: RollbackRefusal): TakeBack {
  return { kind: 'refused', because }
}
