import type { Checks, Status } from './checks-state.ts'
import type { Deployment } from './deployments-state.ts'
import type { Protection } from './protection.ts'
import type { Review } from './review.ts'
import type { Delivery } from './webhooks/delivery.ts'

/** What our GitHub knows. One object per server, changed in place by its routes. */
export interface State {
  readonly accounts: Map<string, Account>
  readonly apps: Map<number, App>
  readonly installations: Map<number, Installation>
  readonly tokens: Map<string, InstallationToken>
  /** By `owner/name` in lower case. */
  readonly repositories: Map<string, Repository>
  /** By `organisation/slug`: who is in a team, by login in lower case, or was asked to be. */
  readonly teams: Map<string, Map<string, 'active' | 'pending'>>
  /** Ids never repeat, whatever they name. */
  nextId: number
}

export interface Account {
  readonly id: number
  readonly login: string
  readonly type: 'User' | 'Organization' | 'Bot'
  /** A person's own token; null for organisations and bots. */
  readonly token: string | null
}

export type Level = 'read' | 'write' | 'admin'
export type Permissions = Readonly<Record<string, Level>>

export interface App {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly owner: Account
  readonly bot: Account
  readonly publicKey: string
  readonly permissions: Permissions
  readonly events: readonly string[]
  readonly createdAt: Date
  hook: Hook
  /** What was sent to its webhook address, newest last. */
  readonly deliveries: Delivery[]
}

interface Hook {
  readonly url: string | null
  readonly secret: string | null
}

export interface Installation {
  readonly id: number
  readonly app: App
  readonly account: Account
  /** null: all repositories of the account. */
  repositoryIds: ReadonlySet<number> | null
  readonly permissions: Permissions
  readonly createdAt: Date
  suspendedAt: Date | null
}

export interface InstallationToken {
  readonly token: string
  readonly installation: Installation
  readonly permissions: Permissions
  /** null: all repositories of the installation. */
  readonly repositoryIds: readonly number[] | null
  readonly expiresAt: Date
}

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read'

export interface Repository {
  readonly id: number
  readonly owner: Account
  readonly name: string
  readonly private: boolean
  readonly defaultBranch: string
  readonly parent: Repository | null
  /** Where the bare repository lies. */
  readonly directory: string
  readonly createdAt: Date
  pushedAt: Date
  readonly collaborators: Map<string, Role>
  readonly protectedBranches: Set<string>
  readonly labels: Map<string, Label>
  readonly issues: Issue[]
  readonly statuses: Status[]
  /** Every move of a ref, the oldest first. */
  readonly activities: Activity[]
  readonly checks: Checks
  readonly deployments: Deployment[]
  readonly variables: Map<string, Variable>
  readonly protection: Protection
  /** What runs on pushes and pull requests: its workflow files, or commands by job name. */
  ci: Ci
}

/** A variable of GitHub Actions; its name is in capitals. */
interface Variable {
  readonly name: string
  readonly value: string
  readonly at: Date
}

export type Ci = 'off' | 'workflows' | Readonly<Record<string, string>>

export interface Label {
  readonly id: number
  readonly name: string
  readonly color: string
  readonly description: string | null
}

/** Who moved a ref, as GitHub notes it whatever the commits say. */
export interface Activity {
  readonly id: number
  readonly ref: string
  readonly before: string | null
  readonly after: string | null
  readonly at: Date
  readonly actor: Account
}

/** An issue, or the conversation of a pull request. */
export interface Issue {
  readonly id: number
  readonly number: number
  readonly author: Account
  readonly createdAt: Date
  title: string
  body: string | null
  state: 'open' | 'closed'
  stateReason: 'completed' | 'reopened' | 'not_planned' | 'duplicate' | null
  updatedAt: Date
  closedAt: Date | null
  closedBy: Account | null
  readonly labels: Set<string>
  /** Who put which label there or took it off, the oldest first. */
  readonly labelings: Labeling[]
  readonly comments: Comment[]
  readonly reactions: Reaction[]
  readonly app: App | null
  readonly pull: Pull | null
}

export interface Labeling {
  readonly id: number
  readonly event: 'labeled' | 'unlabeled'
  readonly label: Label
  readonly by: Account
  readonly at: Date
}

export interface Comment {
  readonly id: number
  readonly author: Account
  readonly app: App | null
  readonly createdAt: Date
  body: string
  updatedAt: Date
  readonly reactions: Reaction[]
}

export interface Reaction {
  readonly id: number
  readonly content: string
  readonly user: Account
  readonly createdAt: Date
}

export interface Pull {
  readonly id: number
  /** null once the fork is gone. */
  readonly headRepository: Repository
  readonly headBranch: string
  headSha: string
  baseBranch: string
  baseSha: string
  draft: boolean
  maintainerCanModify: boolean
  merged: Merged | null
  readonly requestedReviewers: Set<string>
  readonly reviews: Review[]
}

interface Merged {
  readonly at: Date
  readonly by: Account
  readonly sha: string
}
