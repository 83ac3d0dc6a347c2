/** A finding of a tool, as far as the program needs it. Positions count from 1. */
export interface Target {
  readonly tool: string
  readonly rule: string | null
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  readonly message: string
}

/** What the program reads on stdin. It runs in the root of the repository. */
export interface RepairRequest {
  readonly targets: readonly Target[]
  /** Projects the check itself names (`tsc -p x`), relative to the root. */
  readonly configs: readonly string[]
  /** The files of the targets as the last good commit had them, where it had them: what was exported then, say. */
  readonly was: Readonly<Record<string, string>>
  /** Milliseconds of processor time until it must have answered. */
  readonly budgetMs: number
}

export interface Repair {
  readonly strategy: string
  readonly description: string
  readonly rootCause: string
  readonly risk: 'safe' | 'review'
  /** Whole texts, on top of the repairs before this one. */
  readonly edits: readonly { readonly path: string; readonly content: string }[]
}

/** A target nobody could repair, and why, for the report. */
export interface Left {
  readonly file: string
  readonly code: number
  readonly message: string
  readonly because: string
}

/** What the program prints. */
export interface RepairAnswer {
  readonly repairs: readonly Repair[]
  readonly left: readonly Left[]
  readonly loadMs: number
  readonly totalMs: number
}
