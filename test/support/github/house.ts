import type { PullOf } from './answers/pulls.ts'
import type { Account, App, Repository, State } from './state.ts'
import type { WebhookEvent } from './webhooks/event.ts'

/** What every part of the server can reach. */
export interface House {
  readonly state: State
  /** Where pages and git live, e.g. `http://127.0.0.1:40123`. */
  readonly url: string
  /** Where the REST API lives, as on GitHub Enterprise: `<url>/api/v3`. */
  readonly api: string
  /** Below it: one bare repository per `owner/name.git`. */
  readonly folder: string
  readonly now: () => Date
  /** Tells the apps that listen; returns at once. */
  readonly send: (event: WebhookEvent) => void
  /** Reacts to branches that moved, whoever moved them. */
  readonly moved: (where: Where, moves: readonly Move[]) => Promise<void>
  /** Reacts to a pull request that was just opened or opened again. */
  readonly opened: (of: PullOf, by: Account) => Promise<void>
  /** GitHub's own app, whose checks are the CI's. */
  readonly actions: App
  readonly ciEnvironment: Readonly<Record<string, string>>
  /** Does work that no request waits for, one piece after the other. */
  readonly background: (work: () => Promise<void>) => void
  /** Aborted when the server closes. */
  readonly ended: AbortSignal
}

interface Where {
  readonly repository: Repository
  readonly by: Account
}

/** A ref that was at one commit and is at another; null where there is none. */
export interface Move {
  /** In full: `refs/heads/main`. */
  readonly ref: string
  readonly before: string | null
  readonly after: string | null
}

export function nextId({ state }: House): number {
  state.nextId += 1
  return state.nextId
}

/** GitHub's way to write a time: no fractions of a second. */
export function time(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

export function timeOrNull(date: Date | null): string | null {
  return date === null ? null : time(date)
}

/** An opaque id of the GraphQL API that still can be read: kind and number. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`
}

/** The number a node id was made from, or null if it names another kind. */
export function numberOf(kind: string, node: string): number | null {
  if (!node.startsWith(`${kind}_`)) return null
  return Number(Buffer.from(node.slice(kind.length + 1), 'base64url').toString())
}

export function fullName({ owner, name }: Repository): string {
  return `${owner.login}/${name}`
}

export function repositoryUrl({ api }: House, repository: Repository): string {
  return `${api}/repos/${fullName(repository)}`
}

export function pageUrl({ url }: House, repository: Repository): string {
  return `${url}/${fullName(repository)}`
}

/** An account by its login, in any case; null if there is none. */
export function accountCalled({ state }: House, login: string): Account | null {
  return state.accounts.get(login.toLowerCase()) ?? null
}
