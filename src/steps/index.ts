import type { Checks, LogReader } from '#ports/checks.ts'
import type { Claims } from '#ports/claims.ts'
import type { ConfigurationReader } from '#ports/configuration.ts'
import type { Dependencies } from '#ports/dependencies.ts'
import type { Fixer, Tidy } from '#ports/fixer.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepKind, StepKinds } from '#ports/step.ts'
import type { Observer, Workspaces } from '#ports/workspace.ts'
import type { Clock } from '#ports/world.ts'

import { announceRun } from './announce-run.ts'
import { awaitChecks } from './await-checks.ts'
import { commitFix } from './commit-fix.ts'
import { concludeRun } from './conclude-run.ts'
import { decideOffer } from './decide-offer.ts'
import { decideRound } from './decide-round.ts'
import { findChecks } from './find-checks.ts'
import { findCulprit } from './find-culprit.ts'
import { hearCi } from './hear-ci.ts'
import { holdAgainstCi } from './hold-against-ci.ts'
import { judgeFix } from './judge-fix.ts'
import { openPullRequest } from './open-pull-request.ts'
import { prepareWorkspace } from './prepare-workspace.ts'
import { proposeFix } from './propose-fix.ts'
import { proposeRevert } from './propose-revert.ts'
import { reproduceFailures } from './reproduce-failures.ts'
import { stillWanted } from './still-wanted.ts'
import { takeFailure } from './take-failure.ts'
import { triage } from './triage.ts'
import { verifyFix } from './verify-fix.ts'

/** All that any step asks of the world. */
export interface StepPorts extends Hosting {
  readonly repositories: Repositories
  readonly dependencies: Dependencies
  readonly workspaces: Workspaces
  readonly observer: Observer
  readonly checks: Checks
  readonly logs: LogReader
  readonly configurations: ConfigurationReader
  readonly fixers: readonly Fixer[]
  readonly tidy: Tidy
  readonly store: RunStore
  readonly claims: Claims
  readonly repairs: Repairs
  readonly proposals: Proposals
  readonly clock: Clock
}

/** The visible list: what `uses` in a workflow may name. */
export function stepKinds(ports: StepPorts): StepKinds {
  return byName([
    anyInput(prepareWorkspace(ports)),
    anyInput(findChecks(ports)),
    anyInput(reproduceFailures(ports)),
    anyInput(proposeFix(ports)),
    anyInput(findCulprit(ports)),
    anyInput(proposeRevert(ports)),
    anyInput(verifyFix(ports)),
    anyInput(judgeFix(ports)),
    anyInput(commitFix(ports)),
    anyInput(announceRun(ports)),
    anyInput(hearCi(ports)),
    anyInput(triage(ports)),
    anyInput(holdAgainstCi(ports)),
    anyInput(takeFailure(ports)),
    anyInput(stillWanted(ports)),
    anyInput(decideOffer(ports)),
    anyInput(openPullRequest(ports)),
    anyInput(awaitChecks(ports)),
    anyInput(decideRound(ports)),
    anyInput(concludeRun(ports)),
  ])
}

function byName(kinds: readonly StepKind[]): StepKinds {
  return Object.fromEntries(kinds.map((kind) => [kind.name, kind]))
}

/** The engine hands over what the kind's own schema parsed; parsing once more here keeps the types honest. */
function anyInput<Input>(kind: StepKind<Input>): StepKind {
  return { ...kind, run: (input, context) => kind.run(kind.input.parse(input), context) }
}
