import type { MendingTask } from '#domain/effect.ts'

export interface MendingTasks {
  /** The tasks to repair something whose last run ended since then, the oldest first. */
  since(time: Date): Promise<readonly MendingTask[]>
}
