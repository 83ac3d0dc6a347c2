import type { z } from 'zod'

import type { Event } from '#domain/event.ts'
import type { Json, Outcome } from '#domain/outcome.ts'

/** What the engine tells a step about where it stands. */
export interface StepContext {
  readonly runId: string
  readonly phase: string
  readonly step: string
  readonly attempt: number
  readonly event: Event
  /** When the run started; the same after a restart. */
  readonly startedAt: Date
  /** Aborted when the run is cancelled or the step's time is up. */
  readonly signal: AbortSignal
  /** What ended the wait this step asked for; undefined when it did not wait. */
  readonly message?: Json
  /** A line below the step in the progress tree. */
  note(text: string): void
}

/** One kind of step: what `uses` names. May run twice: asks "is it already done?" before it acts. */
export interface StepKind<Input = unknown> {
  readonly name: string
  readonly input: z.ZodType<Input>
  /** The names its `done` hands on; an expression that asks for another is an error at start. */
  readonly outputs: readonly string[]
  readonly sideEffect: 'none' | 'repo' | 'external' | 'production'
  /** It asks whether people agreed, and uses that up: what comes after it may change production. */
  readonly asksPeople?: true
  /** The kind that it undoes: that is always allowed. */
  readonly undoes?: string
  run(input: Input, context: StepContext): Promise<Outcome>
}

/** The visible list: `uses` → kind. */
export type StepKinds = Readonly<Record<string, StepKind>>
