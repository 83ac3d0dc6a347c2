import type { Keeping, Landed } from '#domain/culprit.ts'

interface Case {
  readonly culprit: Landed
  /** What landed after it, up to the head. */
  readonly later: readonly Landed[]
  /** Its author may not write here, so that what its message asks for does not count. */
  readonly isDeaf?: boolean
}

/**
 * Whether a proved culprit may be taken back by us; null says that it may. What takes it back is proved all the same.
 * The chain is that of the field (autofix.md 1.1, 1.2): never a revert of a revert, never twice, and people may opt out.
 */
export function objectionToRevert({ culprit, later, isDeaf = false }: Case): Keeping | null {
  if (isRevert(culprit)) return 'is-a-revert'
  if (!isDeaf && /^(?:auto-revert:\s*(?:no|off|false)|noautorevert=true)\s*$/im.test(culprit.body))
    return 'opted-out'
  if (later.some((one) => reverts(one, culprit.sha))) return 'already-reverted'
  return null
}

/** What the host and our own record say of a culprit. */
interface Standing {
  readonly landedAt: Date
  /** The login of its author, and the role that GitHub says they have here. */
  readonly author: { readonly login: string; readonly role: string } | null
  /** Roles of those who put the label `no-auto-revert` on its pull request. */
  readonly vetoes: readonly string[]
  readonly isProposedBefore: boolean
  readonly proposedToday: number
}

interface Rules {
  readonly now: Date
  readonly ageHours: number
  readonly revertsADay: number
  readonly protectedAuthors: readonly string[]
}

/** The rest of the chain, for what is proposed to everybody; null says that it may be proposed. */
export function objectionToPropose(of: Standing, rules: Rules): Keeping | null {
  const ageMs = rules.now.getTime() - of.landedAt.getTime()
  if (of.vetoes.some(mayWrite)) return 'opted-out'
  if (of.isProposedBefore) return 'proposed-before'
  const login = of.author?.login.toLowerCase()
  if (rules.protectedAuthors.some((each) => each.toLowerCase() === login)) return 'protected-author'
  if (ageMs > rules.ageHours * 3_600_000) return 'too-old'
  return of.proposedToday >= rules.revertsADay ? 'too-many-today' : null
}

/** Whose word counts against a revert: a label or trailer of others turned one off for hours (pytorch#188383). */
export function mayWrite(role: string): boolean {
  return ['write', 'maintain', 'admin'].includes(role)
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
