import type { Json } from '#domain/outcome.ts'

/** What the interpreter stands on: every call is recorded, and answered from the record after a restart. */
export interface Durable {
  /** Runs once and remembers; a crash inside repeats it, a crash after does not. */
  step<T extends Json>(name: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Runs a phase as a unit of its own, queued per repository. */
  phase(key: string, input: Json): Promise<Json>
  /** The next message on a topic, or null when the time is up. Holds no queue slot. */
  receive(topic: string, timeoutMs: number): Promise<Json | null>
  sleep(ms: number): Promise<void>
}
