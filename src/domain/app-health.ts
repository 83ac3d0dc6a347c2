/** What an App may do and is told of: permission → level, and the names of events. */
export interface Granted {
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

/** Who GitHub says we are: `refused` is an answer, `silent` is none. */
export type AppAnswer =
  | {
      readonly kind: 'known'
      readonly id: number
      /** Where its owner sees it. */
      readonly page: string
      readonly granted: Granted
    }
  | { readonly kind: 'refused'; readonly status: number; readonly said: string }
  | { readonly kind: 'silent'; readonly said: string }

export interface InstallationHealth {
  readonly account: string
  readonly page: string
  readonly granted: Granted
  readonly isSuspended: boolean
}

export interface HookHealth {
  readonly url: string | null
  readonly hasSecret: boolean
}

export interface DeliveryHealth {
  readonly event: string
  /** Of the answer that GitHub got; 0 for none. */
  readonly status: number
  /** What the answer, or GitHub in its place, says. */
  readonly said: string
}

/** The App as GitHub sees it, gathered at one moment. */
export interface AppHealth {
  readonly answer: AppAnswer
  /** How far our clock is ahead of GitHub's, in milliseconds; negative behind; null where no answer came. */
  readonly aheadMs: number | null
  readonly installations: readonly InstallationHealth[]
  readonly hook: HookHealth
  /** The newest thirty at most, newest first. */
  readonly deliveries: readonly DeliveryHealth[]
}
