import type { Account, App, Repository } from '../state.ts'

/** Something happened that apps may have asked to hear about. */
export interface WebhookEvent {
  /** The `X-GitHub-Event` header, e.g. `pull_request`. */
  readonly name: string
  readonly action: string | null
  /** null for events of an installation. */
  readonly repository: Repository | null
  readonly sender: Account
  /** The event's own part; action, repository, sender and installation are added for each app. */
  readonly payload: Readonly<Record<string, unknown>>
  /** Only this app hears of it: its own suites are requested, its own runs asked for again. */
  readonly onlyFor: App | null
}
