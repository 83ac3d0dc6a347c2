import type { Accounts } from '#ports/accounts.ts'
import type { OpenGates } from '#ports/approvals.ts'
import type { Budgets } from '#ports/budgets.ts'
import type { Checks, LogReader } from '#ports/checks.ts'
import type { Claims } from '#ports/claims.ts'
import type { Coder } from '#ports/coder.ts'
import type { ConfigurationReader } from '#ports/configuration.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { Deliveries } from '#ports/deliveries.ts'
import type { Dependencies } from '#ports/dependencies.ts'
import type {
  Deployments,
  DeployTarget,
  Gates,
  Incidents,
  MetricSource,
  Probes,
  Reports,
} from '#ports/deployments.ts'
import type { Engine } from '#ports/engine.ts'
import type { Fixer, Tidy } from '#ports/fixer.ts'
import type { Flakes } from '#ports/flakes.ts'
import type { Landings } from '#ports/landings.ts'
import type { Lessons } from '#ports/lessons.ts'
import type { Newsroom } from '#ports/news.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { ModelEdits, RecipeReader, RecipeRunner } from '#ports/recipes.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { Stops } from '#ports/restraints.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { WaitingPulls } from '#ports/waiting-pulls.ts'
import type { Observer, Workspaces } from '#ports/workspace.ts'
import type { Clock } from '#ports/world.ts'

/** All that any step asks of the world. */
export interface StepPorts extends Publishing {
  readonly dependencies: Dependencies
  readonly workspaces: Workspaces
  readonly observer: Observer
  readonly checks: Checks
  readonly logs: LogReader
  readonly configurations: ConfigurationReader
  readonly fixers: readonly Fixer[]
  readonly tidy: Tidy
  readonly coder: Coder | null
  readonly budgets: Budgets
  readonly store: RunStore
  readonly claims: Claims
  readonly repairs: Repairs
  readonly waitingPulls: WaitingPulls
  readonly proposals: Proposals
  readonly deployments: Deployments
  readonly engine: Pick<Engine, 'signal'>
  readonly openGates: Pick<OpenGates, 'wake'>
  readonly accounts: Accounts
  readonly newsroom: Newsroom
  readonly deliveries: Deliveries
  readonly gates: Gates
  readonly target: DeployTarget
  readonly incidents: Incidents
  readonly reports: Reports
  readonly landings: Landings
  readonly probes: Probes
  readonly metrics: MetricSource
  /** I10: deploys may begin. */
  readonly mayDeploy: boolean
  readonly stops: Stops
  readonly culprits: Culprits
  readonly flakes: Flakes
  readonly lessons: Lessons
  readonly edits: ModelEdits
  readonly recipeRunner: RecipeRunner
  readonly recipeReader: RecipeReader
  readonly clock: Clock
  /** No run publishes anything, however it began. */
  readonly shadow: boolean
}
