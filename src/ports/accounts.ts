import type { Account } from '#domain/account.ts'
import type { GateRecord } from '#domain/gate-record.ts'

/** What is on record about a task, its repair and its deploys together. */
export interface Accounts {
  /** Of a task or of a run's task, by id. Null: there is no such thing on record. */
  of(id: string): Promise<Account | null>
}

/** What is on record of the gates before deploys. */
export interface GateRecords {
  /** Null where the run is no deploy, or had not come to its gate. */
  of(runId: string): Promise<GateRecord | null>
}
