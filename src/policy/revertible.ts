import type { Keeping, Landed, RevertState } from '#domain/culprit.ts'
import type { FailureReason } from '#domain/outcome.ts'

interface Case {
  readonly culprit: Landed
  /** What landed after it, up to the head. */
  readonly later: readonly Landed[]
  /** Whoever brought it may not write here, so that what its message asks for does not count. */
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
  if (later.some((one) => reverts(one, culprit))) return 'already-reverted'
  return null
}

/** What the host and our own record say of a culprit. */
interface Standing {
  readonly landedAt: Date
  /** The logins of its author and of whoever opened its pull request. */
  readonly authors: readonly string[]
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
  const isProtected = new Set(rules.protectedAuthors.map((each) => each.toLowerCase()))
  if (of.authors.some((login) => isProtected.has(login.toLowerCase()))) return 'protected-author'
  if (ageMs > rules.ageHours * 3_600_000) return 'too-old'
  return of.proposedToday >= rules.revertsADay ? 'too-many-today' : null
}

/** Why a proved culprit to which nothing objects was not proposed, by how the run ended; null where it did not fail. */
export function leftAlone(reason: FailureReason | null): Keeping {
  return reason === null ? 'shadow' : (otherwise[reason] ?? 'not-proved')
}

const otherwise: Partial<Record<FailureReason, Keeping>> = {
  'fixed-forward': 'fixed-forward',
  'newly-broken': 'needed-since',
  'head-moved': 'branch-changed',
  'went-green': 'branch-changed',
  'being-repaired': 'branch-changed',
}

interface Landing {
  /** What the checks of the revert say. */
  readonly verdict: 'none' | 'pending' | 'green' | 'red' | 'merged'
  readonly needsHuman: boolean
  /** Reverts made ready within a day, without this one, and how many may be. */
  readonly readiedToday: number
  readonly most: number
}

/** What becomes of a proposed revert: ready to be merged is the last thing we do for one, so that is what is limited. */
export function landing({ verdict, needsHuman, readiedToday, most }: Landing): RevertState {
  if (verdict === 'merged') return 'merged'
  if (verdict === 'red' || verdict === 'pending') return verdict
  if (needsHuman) return 'for-human'
  return readiedToday >= most ? 'too-many-ready' : 'ready'
}

/** Whose word counts against a revert: a label or trailer of others turned one off for hours (pytorch#188383). */
export function mayWrite(role: string): boolean {
  return ['write', 'maintain', 'admin'].includes(role)
}

/** What the messages of pushed commits say they take back: commits by their whole name, pull requests by number. */
export function takenBackIn(messages: readonly string[]) {
  const commits = messages.map(revertedIn).filter((sha) => sha !== null)
  const pulls = messages.map(revertedPullIn).filter((number) => number !== null)
  return { commits: commits.filter(({ length }) => length >= 40), pulls: pulls.map(Number) }
}

function isRevert({ subject, body }: Landed): boolean {
  return (
    /^(?:revert(?:\(.*\))?!?:|(?:revert|reapply) ")/i.test(subject) || revertedIn(body) !== null
  )
}

function reverts({ body }: Landed, { sha, subject }: Landed): boolean {
  const named = revertedIn(body)
  if (named !== null && sha.startsWith(named)) return true
  const number = pullIn(subject)
  return number !== null && revertedPullIn(body) === number
}

/** The pull request that a merge or a squash of GitHub names. */
function pullIn(subject: string): string | null {
  return /^Merge pull request #(\d+) |\(#(\d+)\)$/.exec(subject)?.slice(1).find(Boolean) ?? null
}

/** What the button of GitHub writes. */
function revertedPullIn(body: string): string | null {
  return /^Reverts (?:[\w.-]+\/[\w.-]+)?#(\d+)\s*$/im.exec(body)?.[1] ?? null
}

/** git's own words for it. */
function revertedIn(body: string): string | null {
  return /^This reverts commit ([\da-f]{7,64})\b/im.exec(body)?.[1] ?? null
}
