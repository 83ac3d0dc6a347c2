import type { DeployWeighed } from '#domain/rollback.ts'
import { type ChangeReader, weighed } from '#steps/weigh-change.ts'

import type { Gate } from './app-gate.ts'

/** A gate is shown often, and what a commit changes stays so. */
const mostKept = 500

/** Says of a gate's change what it is and whether it could be taken back; null where nobody can say: that keeps no gate from being shown. */
export function weigherOf(
  reader: ChangeReader,
  webUrl: string,
): (gate: Gate) => Promise<DeployWeighed | null> {
  const known = new Map<string, DeployWeighed>()
  return async ({ repository, change }) => {
    const { sha, state } = change
    const before = known.get(sha)
    if (before !== undefined) return before
    const origin = `${webUrl}/${repository.owner}/${repository.name}.git`
    const found = await weighed(reader, { origin, sha, isMerged: state === 'merged' }).catch(
      () => null,
    )
    if (found === null) return null
    known.set(sha, found)
    const [oldest] = known.keys()
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest)
    return found
  }
}
