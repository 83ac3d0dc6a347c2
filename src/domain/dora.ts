/** How many of so many. */
interface Share {
  readonly some: number
  readonly of: number
}

/** The middle of so many times, in milliseconds; null where there are none. */
export interface Middle {
  readonly n: number
  readonly medianMs: number | null
}

/** The five measures of DORA (dora.dev, 2026), counted from deploys on record. */
export interface Dora {
  readonly days: number
  readonly deployments: number
  /** From when a commit was written (a squash: merged) until it was live. */
  readonly leadTime: Middle
  readonly changeFail: Share
  /** From when a bad one was live until a good version was live again. */
  readonly recovery: Middle
  /** Deploys that nobody planned: what was brought back, and the first good one after a bad one. */
  readonly rework: Share
}

export type ObjectiveName = 'success' | 'rollbacks' | 'deploy-time' | 'error-rise'

/** Shares from 0 to 1, times in milliseconds. */
export interface Objective {
  readonly name: ObjectiveName
  readonly n: number
  /** Null where there is nothing to measure. */
  readonly value: number | null
  readonly target: number
  readonly alertAt: number
  /** `too-few`: fewer than ten say nothing. */
  readonly state: 'too-few' | 'met' | 'missed' | 'alert'
}
