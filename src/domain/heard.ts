import type { HubEvent } from './hub-event.ts'

/** Why a delivery means nothing to us. */
export type IgnoredReason =
  | 'unknown-event'
  | 'other-action'
  | 'not-red'
  | 'not-over'
  | 'own-check'
  | 'own-act'
  | 'not-asked'
  | 'not-a-branch'
  | 'no-installation'
  | 'unreadable'

/** What we make of one delivery. Never an error: whatever GitHub or anybody sends, there is an answer. */
export type Heard =
  | { readonly kind: 'events'; readonly events: readonly HubEvent[] }
  | {
      readonly kind: 'ignored'
      readonly because: IgnoredReason
      /** The fields that could not be read, for `unreadable`; never their values. */
      readonly detail: string | null
    }
