import type { Decision, GateRules, Person, Standing } from '#domain/gate.ts'

/** What would be deployed, at this moment. */
export interface Subject {
  readonly sha: string
  readonly tree: string
  /** The rules that hold now, as text. */
  readonly plan: string
  readonly now: Date
  /** What was approved until then does not count any more: a freeze began. Null where there was none. */
  readonly notBefore: Date | null
  /** Who approved and may not any more. */
  readonly lost: ReadonlySet<number>
}

/** What all decisions about a change say together. A rejection, and tampering, hold until somebody approves after it. */
export function standing(
  decisions: readonly Decision[],
  { approvals: needed }: Pick<GateRules, 'approvals'>,
  subject: Subject,
): Standing {
  const about = decisions.filter((one) => isAbout(one, subject))
  const closing = about.filter(closes).reduce<Decision | null>(later, null)
  const approving = about.filter((one) => opens(one, subject))
  const counted = approving.filter(({ at }) => closing === null || at > closing.at)
  const by = people(counted)
  if (by.length >= needed)
    return {
      kind: 'approved',
      by,
      until: untilOf(counted, needed),
      since: latestOf(counted),
      emergency: emergencyIn(counted),
    }
  if (closing === null || by.length > 0) return { kind: 'pending', by, needs: needed - by.length }
  if (closing.verdict === 'approve') return { kind: 'tampered', approver: closing.person }
  return { kind: 'rejected', by: closing.person, reason: closing.reason }
}

/** Whether people closed it, whatever was said after that. */
export function isClosed(
  decisions: readonly Decision[],
  subject: Pick<Subject, 'sha' | 'tree'>,
): boolean {
  return decisions.some((one) => isAbout(one, subject) && closes(one))
}

/** The very commit, or another with the very same files. */
function isAbout({ sha, trees }: Decision, subject: Pick<Subject, 'sha' | 'tree'>): boolean {
  return sha === subject.sha || trees.includes(subject.tree)
}

function closes({ verdict, voided }: Decision): boolean {
  return verdict === 'reject' ? voided === null : voided === 'edited'
}

function opens(one: Decision, { plan, now, notBefore, lost }: Subject): boolean {
  return (
    one.verdict === 'approve' &&
    one.voided === null &&
    one.plan === plan &&
    one.expiresAt > now &&
    (notBefore === null || one.at > notBefore) &&
    !lost.has(one.person.id)
  )
}

function later(one: Decision | null, other: Decision): Decision {
  return one === null || other.at >= one.at ? other : one
}

function emergencyIn(
  decisions: readonly Decision[],
): Extract<Standing, { kind: 'approved' }>['emergency'] {
  const last = decisions.findLast(({ emergency }) => emergency)
  return last === undefined ? null : { by: last.person, reason: last.reason ?? '' }
}

/** Each once, by number. */
function people(decisions: readonly Decision[]): readonly Person[] {
  return [...new Map(decisions.map(({ person }) => [person.id, person])).values()]
}

function latestOf(decisions: readonly Decision[]): Date {
  return new Date(Math.max(...decisions.map(({ at }) => at.getTime())))
}

/** As long as enough of them are good: each person's longest counts. */
function untilOf(decisions: readonly Decision[], needed: number): Date {
  const longest = new Map<number, number>()
  for (const { person, expiresAt } of decisions)
    longest.set(person.id, Math.max(expiresAt.getTime(), longest.get(person.id) ?? 0))
  const times = [...longest.values()].toSorted((one, other) => other - one)
  return new Date(times[needed - 1] ?? 0)
}
