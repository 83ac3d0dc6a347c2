import type { Heard, IgnoredReason } from '#domain/heard.ts'
import type { HubEvent } from '#domain/hub-event.ts'

/** Ourselves, as GitHub names us; the login is null as long as nobody has told us. */
export interface Us {
  readonly appId: number
  /** `slug[bot]`. */
  readonly login: string | null
}

export interface Delivery {
  readonly id: string
  /** The name of GitHub's event, e.g. `check_run`. */
  readonly name: string
  readonly payload: unknown
  readonly us: Us
}

export function events(...all: readonly HubEvent[]): Heard {
  return { kind: 'events', events: all }
}

export function ignored(because: IgnoredReason, detail: string | null = null): Heard {
  return { kind: 'ignored', because, detail }
}
