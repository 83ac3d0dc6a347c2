import type { Evidence } from '#domain/evidence.ts'
import type { Json } from '#domain/outcome.ts'
import type { Attempt, Run } from '#domain/run.ts'
import type { Task } from '#domain/task.ts'

export interface AuditEntry {
  readonly sequence: number
  readonly runId: string | null
  readonly type: string
  readonly data: Json
  readonly at: string
}

/** `key` is unique within the run: the same key again changes nothing. */
export interface NewAuditEntry {
  readonly runId: string | null
  readonly key: string
  readonly type: string
  readonly data: Json
}

export interface Records {
  readonly attempts: readonly Attempt[]
  readonly entries: readonly NewAuditEntry[]
}

/** Domain records beside the engine's own. All writes are idempotent by key; the audit log only grows. */
export interface RunStore {
  saveRun(run: Run): Promise<void>
  run(id: string): Promise<Run | null>
  runs(filter: {
    readonly repository?: string
    readonly unfinished?: boolean
  }): Promise<readonly Run[]>
  saveTask(task: Task): Promise<void>
  saveAttempt(attempt: Attempt): Promise<void>
  attempts(runId: string): Promise<readonly Attempt[]>
  saveEvidence(runId: string, key: string, evidence: Evidence): Promise<void>
  evidence(runId: string): Promise<readonly { readonly key: string; readonly evidence: Evidence }[]>
  /** Appends once per key. */
  append(entry: NewAuditEntry): Promise<void>
  /**
   * Many attempts and entries in one round trip. They reach the disk with the next commit that waits for it; answers which
   * life of the server took them, so that whoever still has them can tell that it was killed before.
   */
  record(records: Records): Promise<string>
  /** Resolves when all that was written is on the disk; answers the life of the server. */
  settle(): Promise<string>
  audit(runId: string): Promise<readonly AuditEntry[]>
}
