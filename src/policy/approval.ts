import type { GateRefusal, GateRules } from '#domain/gate.ts'

/** Somebody's word about a deploy, as it reached us. */
export interface Word {
  readonly verdict: 'approve' | 'reject'
  readonly person: { readonly id: number; readonly login: string; readonly isHuman: boolean }
  /** What GitHub says of the person at this moment. */
  readonly role: string
  /** Those of the teams of the rules that the person is in. */
  readonly teams: readonly string[]
  /** Digits of the commit that were written; null where none were. */
  readonly named: string | null
  /** The commit that GitHub says was looked at: that of a review or of a check run. Null for a plain comment. */
  readonly seen: string | null
  readonly at: Date
  /** It is said that this cannot wait for a freeze or the hours of deploys. */
  readonly emergency: boolean
  readonly reason: string | null
}

/** The change that would be deployed, as GitHub shows it at this moment. */
export interface GatedChange {
  readonly state: 'open' | 'merged' | 'closed'
  readonly title: string
  readonly labels: readonly string[]
  readonly isDraft: boolean
  readonly isConflicted: boolean
  readonly isFork: boolean
  /** It goes to the default branch. */
  readonly isForDefault: boolean
  /** The head of an open pull request, the commit that a merged one became. */
  readonly sha: string
  /** Since when our check run is on that commit; null where it is not. */
  readonly shownAt: Date | null
  /** When it was merged; null where it is not. */
  readonly mergedAt: Date | null
  readonly author: number | null
  /** Authors, co-authors and committers; null where GitHub does not list all commits. */
  readonly contributors: ReadonlySet<number> | null
  /** Who pushed last; null where GitHub does not say. */
  readonly pusher: number | null
  /** When that was; null where GitHub does not say, and for a fork. */
  readonly pushedAt: Date | null
}

export type Weighed =
  | { readonly kind: 'counts' }
  | { readonly kind: 'refused'; readonly because: GateRefusal }

/** Whether a word counts (I1). To close a gate is always safe: a rejection needs a role and nothing else. */
export function weigh(word: Word, change: GatedChange, rules: GateRules): Weighed {
  const because =
    standingOf(word, rules) ??
    (word.verdict === 'reject'
      ? null
      : (urgent(word) ??
        obstacleIn(change, rules) ??
        part(word, change) ??
        meant(word, change, rules)))
  return because === null ? { kind: 'counts' } : { kind: 'refused', because }
}

/** The emergency lane is on record with its reason, and of somebody who answers for the repository. */
function urgent({ emergency, reason, role }: Word): GateRefusal | null {
  if (!emergency) return null
  if (ranks.indexOf(role) < ranks.indexOf('maintain')) return 'emergency-role-too-low'
  return reason === null ? 'emergency-without-reason' : null
}

const ranks: readonly string[] = ['write', 'maintain', 'admin']

/** Whether the person is somebody whose word counts here at all. Asked again when an approval is used. */
export function standingOf(
  { person, role, teams, verdict }: Pick<Word, 'person' | 'role' | 'teams' | 'verdict'>,
  rules: GateRules,
): GateRefusal | null {
  if (!person.isHuman) return 'bot'
  const least = verdict === 'reject' ? 0 : ranks.indexOf(rules.role)
  if (ranks.indexOf(role) < least) return 'role-too-low'
  const listed = rules.people.map((login) => login.toLowerCase())
  const isListed =
    listed.includes(person.login.toLowerCase()) || rules.teams.some((one) => teams.includes(one))
  const isForAll = listed.length === 0 && rules.teams.length === 0
  return isForAll || isListed || verdict === 'reject' ? null : 'not-listed'
}

/** What is in the way of a deploy, whoever approves it. Asked again as long as an approval is good. */
export function obstacleIn(
  change: Omit<GatedChange, 'sha' | 'shownAt' | 'mergedAt'>,
  rules: GateRules,
): GateRefusal | null {
  if (change.state === 'closed') return 'closed'
  // What another branch has more than the default one nobody looked at here.
  if (!change.isForDefault) return 'other-base'
  if (change.isFork && !rules.forks) return 'fork'
  const blocking = new Set(rules['blocking-labels'].map((label) => label.toLowerCase()))
  if (change.labels.some((label) => blocking.has(label.toLowerCase()))) return 'blocked-by-label'
  if (change.state === 'merged') return null
  if (change.isDraft) return 'draft'
  if (/^\W*(?:wip|do not merge)\b/i.test(change.title)) return 'work-in-progress'
  return change.isConflicted ? 'conflict' : null
}

/** Nobody opens the gate for what is their own; what nobody knows counts as theirs. */
function part({ person }: Word, change: GatedChange): GateRefusal | null {
  if (person.id === change.author) return 'author'
  if (change.contributors === null) return 'contributors-unknown'
  if (change.contributors.has(person.id)) return 'contributor'
  if (change.pusher === null) return 'pusher-unknown'
  return person.id === change.pusher ? 'pusher' : null
}

/** Whether the commit that would be deployed is the one the person meant. */
function meant(word: Word, change: GatedChange, rules: GateRules): GateRefusal | null {
  const { named, seen } = word
  if (named !== null) return change.sha.startsWith(named) ? null : 'sha-differs'
  if (seen !== null) return seen === change.sha ? null : 'seen-another-head'
  // Dates of commits are the author's to write: only what GitHub and we have noted counts.
  return rules['require-sha'] || change.isFork ? 'sha-needed' : unseen(word, change)
}

/**
 * A comment has no commit: without digits it counts only where our check run stood on this commit before it was written,
 * and the branch too: a commit that was shown once may have come back since.
 * GitHub's times have whole seconds, and within one nobody knows; but what was merged in an earlier one stays as it is.
 */
function unseen({ at }: Word, { shownAt, pushedAt, mergedAt }: GatedChange): GateRefusal | null {
  if (shownAt === null || pushedAt === null) return 'head-moved'
  const since = pushedAt > shownAt ? pushedAt : shownAt
  if (since > at) return 'head-moved'
  const isSettled = mergedAt !== null && mergedAt < since
  return since < at || isSettled ? null : 'same-second'
}
