import type { AutoSeen } from '#domain/auto-approval.ts'
import type { DeploySetting } from '#domain/deploy-setting.ts'
import type { DeployMeans, DeployRequest, DeployState, PastDeploy } from '#domain/deploy.ts'
import type { DeployPlan, MetricQuestion, Probe } from '#domain/deploy.ts'
import type { Standing } from '#domain/gate.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Counts } from '#domain/watch.ts'

/** A deploy that is asked for. @internal */
export interface NewDeployment {
  readonly runId: string
  /** GitHub's number of the repository. */
  readonly repository: number
  readonly environment: string
  readonly pull: number
  readonly sha: string
}

/** A lease: whoever does not renew it in time has lost its place. */
export interface Lease {
  readonly now: Date
  readonly until: Date
}

/** `lost`: others went by, because nobody was heard of for too long. */
export type Turn = 'ours' | 'wait' | 'lost'

export type Begun =
  | { readonly kind: 'begun'; readonly previous: string | null }
  | { readonly kind: 'turn-lost' | 'deployed-before' | 'on-hold' }

/** Ways back that people ask for: they stand before the deploys that wait, and overtake none that has begun. */
export interface WaysBack {
  /** All on record of an environment, the oldest first. */
  past(repository: number, environment: string): Promise<readonly PastDeploy[]>
  /** Puts one into the line; `under-way` where another one stands there. The same run stands in it once. */
  askBack(
    way: NewDeployment & { readonly takesBack: string; readonly by: string },
    lease: Lease,
  ): Promise<'entered' | 'under-way'>
  /** Begins it, once its turn has come: nothing else has the environment until it ends. */
  takeBack(runId: string, previous: string, now: Date): Promise<'begun' | 'turn-lost'>
  /** Who wants this deploy taken back at the moment; null where nobody does. */
  askedBack(runId: string): Promise<string | null>
}

/** Who deploys what where: at most one at a time to an environment, first come, first served (I4). */
export interface Deployments extends WaysBack {
  /** At the end of the line; the same run stands in it once. */
  enter(deployment: NewDeployment, lease: Lease): Promise<void>
  /** Whose turn it is; renews the lease. */
  turn(runId: string, lease: Lease): Promise<Turn>
  /**
   * Uses up the approval: a commit is deployed once to an environment (I1). After a rollback the environment is on hold
   * for what was approved before it ended. `previous`: the last commit there that was verified (I8).
   */
  begin(
    runId: string,
    approved: { readonly by: readonly string[]; readonly since: Date; readonly now: Date },
  ): Promise<Begun>
  /** The runs that stand in line or deploy there; null for any environment. */
  underWay(repository: number, environment: string | null): Promise<readonly string[]>
  /** It has gone live. */
  live(runId: string, at: Date): Promise<void>
  /** The first end stays. */
  end(runId: string, state: DeployState, at: Date): Promise<void>
}

/** The gate of an environment as it stands at this moment, asked from GitHub. */
interface GateNow {
  readonly standing: Standing
  /** What would be deployed. */
  readonly sha: string
  readonly isMerged: boolean
  /** So soon somebody else has to look at an emergency. */
  readonly secondLookHours: number
  /** Null: we deploy nothing there. */
  readonly plan: DeployPlan | null
  /** Of what the approval is bound to beside the files. */
  readonly digest: string
  /** What the rule for small changes saw, where it says yes. */
  readonly auto: AutoSeen | null
}

export interface Gates {
  /** Null: there is no such gate, or its rules cannot be read. */
  ask(request: DeployRequest): Promise<GateNow | null>
}

export interface DeployOrder {
  readonly repository: HostedRepository
  readonly environment: string
  readonly sha: string
  readonly task: 'deploy' | 'rollback'
  /** Null: whoever listens to deployments of GitHub. */
  readonly means: DeployMeans | null
  /** How long it may take. */
  readonly patienceSeconds: number
  /** What it is part of: one id from the red check to production. */
  readonly taskId: string
  /** The same order has the same key, however often it is given. */
  readonly key: string
  /** Of a self-test: what listens is told that it is no production and does not stay. */
  readonly isTrial?: boolean
}

/** How a deploy stands with whoever carries it out. `said`: its last words, without secrets. */
export type Carried =
  | { readonly kind: 'pending' }
  | { readonly kind: 'live'; readonly at: Date; readonly said?: string }
  | { readonly kind: 'failed'; readonly detail: string }

export type TargetState = Carried & {
  readonly begunAt: Date
  /** An address where people can follow it. */
  readonly trace: string | null
}

/** Where commits are deployed to. */
export interface DeployTarget {
  /** Begins the deploy unless it has begun, and tells how it stands. */
  bring(order: DeployOrder): Promise<TargetState>
  /** Says that nobody needs what an order brought any more; nothing where it never began. */
  retire(order: DeployOrder): Promise<void>
}

/** What is on record of an order before whoever carries it out is asked. */
export interface Carrying {
  readonly begunAt: Date
  /** When it was said last that it is about to begin; null: it surely has not begun. */
  readonly askedAt: Date | null
  /** As it was told before. */
  readonly trace: string | null
  /** Puts on record that it is about to begin: before anything happens that must not happen twice. */
  about(): Promise<void>
}

/** Deploys where nobody listens to deployments of GitHub. Looks before it begins: an order is begun once. */
export interface Carrier {
  carry(order: DeployOrder, record: Carrying): Promise<Carried & { readonly trace: string | null }>
}

/** What came back of a probe; a status of null is no answer, with the reason. */
export interface ProbeAnswer {
  readonly status: number | null
  readonly ms: number
  /** The answer as JSON, where it is that. */
  readonly body: unknown
  readonly detail: string
}

export interface Probes {
  /** Asks, and where the answer is not good twice again after a second each: all answers in order. */
  ask(probe: Probe, isGood: (answer: ProbeAnswer) => boolean): Promise<readonly ProbeAnswer[]>
  /** Without which setting of the service it may not be asked; null where it may. */
  missing(probe: Probe): Promise<DeploySetting | null>
}

export interface MetricSource {
  /** Null where there is nothing, or nothing that can be read: never a zero that was not counted. */
  count(
    question: MetricQuestion,
    window: { readonly from: Date; readonly to: Date },
  ): Promise<Counts | null>
  /** Without which setting of the service nothing is counted there; null where it is set. */
  missing(question: MetricQuestion): Promise<DeploySetting | null>
}

export interface Reports {
  /** The issues that got a label in that time from people who may give it. Throws where that cannot be known. */
  labelled(
    repository: HostedRepository,
    label: string,
    window: { readonly from: Date; readonly to: Date },
  ): Promise<readonly number[]>
}

export interface Incidents {
  /** One issue per key. */
  open(
    repository: HostedRepository,
    incident: {
      readonly key: string
      readonly title: string
      readonly body: string
      readonly labels: readonly string[]
    },
  ): Promise<{ readonly number: number; readonly url: string }>
}
