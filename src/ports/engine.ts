import type { Event } from '#domain/event.ts'
import type { Json } from '#domain/outcome.ts'

export interface RunStatus {
  readonly id: string
  readonly workflow: string
  readonly status: 'pending' | 'succeeded' | 'failed' | 'cancelled'
}

/** What we ask of the durable engine; nothing outside adapters/dbos knows which one it is. */
export interface Engine {
  /** Starts a run once per id: a second call with the same id changes nothing. */
  start(id: string, workflow: string, event: Event): Promise<void>
  /** Resolves when the run ended. */
  result(id: string): Promise<RunStatus>
  /** Delivered once per key, kept when nobody waits yet. */
  signal(id: string, topic: string, message: Json, key: string): Promise<void>
  cancel(id: string): Promise<void>
  /** Goes on with a run that was parked or cancelled, or whose process died. */
  resume(id: string): Promise<void>
  /** A new run with the results of the phases before `phase` and everything from there on done again. */
  forkFrom(id: string, phase: string, newId: string): Promise<void>
  list(filter: { readonly unfinished: boolean }): Promise<readonly RunStatus[]>
  /**
   * Starts a run at every tick of the cron expression (UTC); the tick is the run's id, so it starts once, and its task is
   * its own. The same name again replaces it. Throws where the expression is none.
   */
  schedule(
    name: string,
    cron: string,
    run: { readonly workflow: string; readonly event: Event },
  ): Promise<void>
  /** Ends a schedule, where there is one of that name. */
  unschedule(name: string): Promise<void>
  /** Leaves: running steps are told to stop, unfinished runs stay unfinished for `resume` or another process. */
  stop(): Promise<void>
}
