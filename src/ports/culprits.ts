import type { Keeping } from '#domain/culprit.ts'
import type { Evidence } from '#domain/evidence.ts'

/** What was decided about a proved culprit. */
interface Decision {
  readonly repository: number
  readonly sha: string
  readonly runId: string
  /** Why it was left alone; null where taking it back was proposed. */
  readonly kept: Keeping | null
}

/** What is known of culprits beyond one run: what was decided, and what commands said on trees. */
export interface Culprits {
  /** Written once for a run and commit; again, it is brought up to date, but what was proposed stays so. */
  decide(decision: Decision): Promise<void>
  /** By other runs than this. */
  proposedBefore(of: Pick<Decision, 'repository' | 'sha' | 'runId'>): Promise<boolean>
  /** How many reverts other runs than this proposed since then. */
  proposedSince(of: Pick<Decision, 'repository' | 'runId'>, since: Date): Promise<number>
  /** The revert that the run proposed is ready to be merged. */
  readied(of: Pick<Decision, 'repository' | 'runId'>): Promise<void>
  /** How many other runs than this made ready since then. */
  readiedSince(of: Pick<Decision, 'repository' | 'runId'>, since: Date): Promise<number>
  /** What a command said on a tree within the last week, or null. */
  said(tree: string, command: string): Promise<Evidence | null>
  /** Forgets what commands said before then. */
  forget(before: Date): Promise<void>
  /** The first answer stays for its week. */
  keep(tree: string, command: string, evidence: Evidence): Promise<void>
}
