import type { Keeping, Landed } from '#domain/culprit.ts'

interface Case {
  readonly culprit: Landed
  /** What landed after it, up to the head. */
  readonly later: readonly Landed[]
}

/**
 * Whether a proved culprit may be taken back by us; null says that it may. What takes it back is proved all the same.
 * The chain is that of the field (autofix.md 1.1, 1.2): never a revert of a revert, never twice, and people may opt out.
 */
export function objectionToRevert({ culprit, later }: Case): Keeping | null {
  if (isRevert(culprit)) return 'is-a-revert'
  if (/^(?:auto-revert:\s*(?:no|off|false)|noautorevert=true)\s*$/im.test(culprit.body))
    return 'opted-out'
  if (later.some((one) => reverts(one, culprit.sha))) return 'already-reverted'
  return null
}

function isRevert({ subject, body }: Landed): boolean {
  return (
    /^(?:revert(?:\(.*\))?!?:|(?:revert|reapply) ")/i.test(subject) || revertedIn(body) !== null
  )
}

function reverts({ body }: Landed, sha: string): boolean {
  const named = revertedIn(body)
  return named !== null && sha.startsWith(named)
}

/** git's own words for it. */
function revertedIn(body: string): string | null {
  return /^This reverts commit ([\da-f]{7,64})\b/im.exec(body)?.[1] ?? null
}
