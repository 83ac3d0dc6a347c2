import type { Json } from '#domain/outcome.ts'

/** One phase to run as a unit of its own. `entry` counts from 1: after a wait the phase is entered again. */
export interface PhaseCall {
  readonly phase: string
  readonly entry: number
  readonly input: Json
}

/** What came of a phase's program; it broke when it threw what nobody foresaw. */
export type PhaseEnd =
  | { readonly kind: 'returned'; readonly value: Json }
  | { readonly kind: 'broke'; readonly message: string }

/** What the interpreter stands on: every call is recorded, and answered from the record after a restart. */
export interface Durable {
  readonly runId: string
  /** Runs once and remembers; a crash inside repeats it, a crash after does not. */
  step<T extends Json>(name: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Runs phases; those of one repository go one after the other. Only one such call of a run may be under way. */
  phases(calls: readonly PhaseCall[]): Promise<readonly PhaseEnd[]>
  /** The next message on a topic, or null when the time is up. Holds no queue slot. */
  receive(topic: string, timeoutMs: number): Promise<Json | null>
  sleep(ms: number): Promise<void>
  /** Starts another run, once per id. */
  follow(id: string, input: Json): Promise<void>
  /** Whether an error is the engine's way to stop this execution (cancelled, taken over): to be thrown on, never handled. */
  isInterruption(error: unknown): boolean
}

/** A deterministic function over `durable`: what it did before is answered from the record. */
export type Program = (durable: Durable, input: Json) => Promise<Json>

/** What the engine runs: a run, and each of its phases on the queue of the repository. */
export interface Programs {
  readonly run: Program
  readonly phase: Program
}
