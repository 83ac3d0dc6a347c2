import type { RollbackSafety } from '#domain/rollback.ts'
import { type ChangeReader, weighed } from '#steps/weigh-change.ts'

import type { Gate } from './app-gate.ts'

/** A gate is shown often, and what a commit changes stays so. */
const mostKept = 500

/** Says of a gate's change whether it could be taken back; null where nobody can say: that keeps no gate from being shown. */
export function weigherOf(
  reader: ChangeReader,
  webUrl: string,
): (gate: Gate) => Promise<RollbackSafety | null> {
  const known = new Map<string, RollbackSafety>()
  return async ({ repository, change }) => {
    const { sha, state } = change
    const before = known.get(sha)
    if (before !== undefined) return before
    const origin = `${webUrl}/${repository.owner}/${repository.name}.git`
    const found = await weighed(reader, { origin, sha, isMerged: state === 'merged' }).catch(
      () => null,
    )
    if (found === null) return null
    known.set(sha, found.rollback)
    const [oldest] = known.keys()
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest)
    return found.rollback
  }
}
