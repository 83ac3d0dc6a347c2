import type { Middle } from './dora.ts'

/** One task to repair something, as it stands on record once all its runs have ended. */
export interface MendingTask {
  readonly taskId: string
  /** When its first run began. */
  readonly startedAt: Date
  /** When its last run ended. */
  readonly endedAt: Date
  /** The last run ended well, and a fix was left behind. */
  readonly isMended: boolean
  /** A person went on with our proposal, or what was merged was taken back. */
  readonly isTakenOver: boolean
  readonly isTakenBack: boolean
  /** When its fix was live and verified; null where it was not. */
  readonly liveAt: Date | null
}

/** How many are to be reached, and how many there are. */
interface Goal {
  readonly is: number
  readonly wanted: number
}

/** What all of it was good for, over so many days (S2-48, S2-49), counted from what is on record. */
export interface Effect {
  readonly days: number
  /** Deploys that were verified, and how many a month are wanted. */
  readonly verified: Goal
  /** Tasks whose fix stayed. */
  readonly mended: Goal
  readonly tasks: number
  /** From the beginning of a task until its fix was proved, and until it was live and verified. */
  readonly timeToFix: Middle
  readonly timeToLive: Middle
  /** Tasks that a person had to end: not mended, gone on with, or taken back. */
  readonly byPeople: number
  /** Deploys that were live and bad, of those that were live. */
  readonly broken: { readonly some: number; readonly of: number }
}
