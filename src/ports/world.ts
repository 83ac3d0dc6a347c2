import type { Progress } from '#domain/progress.ts'

/** The clock, randomness and ids are asked for, never taken. */
export interface Clock {
  now(): Date
}

export interface Ids {
  /** UUID version 7, sortable. */
  uuid(): string
  eightHex(): string
}

/** Where a run tells what it is doing. Never throws, never slows the run. */
export interface Listener {
  tell(runId: string, progress: Progress): void
}
