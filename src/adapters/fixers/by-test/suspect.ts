import type { FileEdit } from '#domain/patch.ts'

/** Something that may be what a test fails for, with the edit that would put it right. */
export interface Suspect {
  readonly strategy: string
  /** As in a candidate. */
  readonly description: string
  readonly rootCause: string
  readonly edit: FileEdit
}
