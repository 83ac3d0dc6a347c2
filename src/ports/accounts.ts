import type { Account } from '#domain/account.ts'

/** What is on record about a task, its repair and its deploys together. */
export interface Accounts {
  /** Of a task or of a run's task, by id. Null: there is no such thing on record. */
  of(id: string): Promise<Account | null>
}
