/** A webhook as it came in. */
export interface NewDelivery {
  /** GitHub's GUID; a redelivery has the same one. */
  readonly id: string
  /** The name of GitHub's event. */
  readonly name: string
  /** The JSON text as it was signed. */
  readonly payload: string
}

/** A delivery in the hands of this process. */
export interface TakenDelivery extends NewDelivery {
  /** Counts from 1, over all processes; above one it was begun before and not ended. */
  readonly attempt: number
}

/** How a delivery ended. `note` says what became of it, `reason` why nothing did: one sentence, without payload. */
export type Settlement =
  | { readonly state: 'done'; readonly note: string }
  | { readonly state: 'failed'; readonly reason: string }
  /** To be tried again, not before so many milliseconds from now. */
  | { readonly state: 'received'; readonly reason: string; readonly afterMs: number }

export interface DeliveryRecord {
  readonly id: string
  readonly name: string
  readonly state: 'received' | 'done' | 'failed'
  readonly reason: string | null
  readonly attempts: number
  readonly receivedAt: string
  readonly settledAt: string | null
  /** Null once it was erased. */
  readonly payload: string | null
}

/** How long things are kept, in milliseconds since a delivery ended. */
export interface Retention {
  readonly donePayloadMs: number
  readonly failedPayloadMs: number
  /** The record itself, by which a redelivery is known; GitHub redelivers for three days. */
  readonly recordMs: number
}

/** Deliveries on disk: what was stored is handled, once by its GUID, whichever process it takes. Time is the database's. */
export interface Inbox {
  /** Stores those that are new, all or none, safe from a crash when it resolves. Answers with the ids that are new. */
  store(deliveries: readonly NewDelivery[]): Promise<readonly string[]>
  /** Takes up to `limit` due deliveries, oldest first; nobody else gets them for `leaseMs` unless it is renewed. */
  take(holder: string, of: { limit: number; leaseMs: number }): Promise<readonly TakenDelivery[]>
  /** Prolongs the lease of all that the holder still has. */
  renew(holder: string, leaseMs: number): Promise<void>
  /** Ends a delivery that the holder still has; false when another took it over. */
  settle(holder: string, id: string, settlement: Settlement): Promise<boolean>
  /** Gives back what the holder has, to be taken at once by anybody, uncounted. */
  release(holder: string): Promise<void>
  /** Which of these were ever stored. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>
  record(id: string): Promise<DeliveryRecord | null>
  /** Erases payloads and records whose time is over. */
  tidy(retention: Retention): Promise<void>
}
