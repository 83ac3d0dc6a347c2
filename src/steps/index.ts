import { heldWith } from '#domain/event.ts'
import type { StepKind, StepKinds } from '#ports/step.ts'

import { announceRun } from './announce-run.ts'
import { arbitrateStep } from './arbitrate.ts'
import { askWho } from './ask-who.ts'
import { awaitChecks } from './await-checks.ts'
import { awaitTurn } from './await-turn.ts'
import { beginRollback } from './begin-rollback.ts'
import { beginSelfTest } from './begin-self-test.ts'
import { clearSelfTest } from './clear-self-test.ts'
import { commitFix } from './commit-fix.ts'
import { concludeCulprit } from './conclude-culprit.ts'
import { concludeDeployment } from './conclude-deployment.ts'
import { concludeRollback } from './conclude-rollback.ts'
import { concludeRun } from './conclude-run.ts'
import { concludeSelfTest } from './conclude-self-test.ts'
import { consumeApproval } from './consume-approval.ts'
import { decideOffer } from './decide-offer.ts'
import { decideRound } from './decide-round.ts'
import { deployCommit, restoreCommit } from './deploy-commit.ts'
import { findChecks } from './find-checks.ts'
import { findCulprit } from './find-culprit.ts'
import { fixBug } from './fix-bug.ts'
import { hearCi } from './hear-ci.ts'
import { holdAgainstCi } from './hold-against-ci.ts'
import { holdCourt } from './hold-court.ts'
import { judgeFix } from './judge-fix.ts'
import { landRevert } from './land-revert.ts'
import { mindBase } from './mind-base.ts'
import { offerRecipe } from './offer-recipe.ts'
import { openPullRequest } from './open-pull-request.ts'
import { openRevert } from './open-revert.ts'
import { prepareWorkspace } from './prepare-workspace.ts'
import { proposeFix } from './propose-fix.ts'
import { proposeNothing } from './propose-nothing.ts'
import { proposeRevert } from './propose-revert.ts'
import { raiseAlerts } from './raise-alerts.ts'
import { readIssue } from './read-issue.ts'
import { readyRevert } from './ready-revert.ts'
import { reportDeployment } from './report-deployment.ts'
import { reproduceFailures } from './reproduce-failures.ts'
import { rerunDoubted } from './rerun-doubted.ts'
import { revertDeployment } from './revert-deployment.ts'
import { inShadow, isShadowRun } from './shadow.ts'
import { showBug } from './show-bug.ts'
import type { StepPorts } from './step-ports.ts'
import { stillWanted } from './still-wanted.ts'
import { waitsWhileStopped } from './stopped.ts'
import { takeFailure } from './take-failure.ts'
import { triage } from './triage.ts'
import { tryDeploy } from './try-deploy.ts'
import { verifyDeployment } from './verify-deployment.ts'
import { verifyFix } from './verify-fix.ts'
import { watchRestored } from './watch-restored.ts'
import { weighCulprits } from './weigh-culprits.ts'
import { weighRollback } from './weigh-rollback.ts'

/** The visible list: what `uses` in a workflow may name. */
export function stepKinds(ports: StepPorts): StepKinds {
  const made: Made = (make) => publishingOrNot(make, ports)
  return byName([
    made(prepareWorkspace),
    made(findChecks),
    made(reproduceFailures),
    made(proposeFix),
    made(readIssue),
    made(showBug),
    made(fixBug),
    made(findCulprit),
    made(proposeRevert),
    made(verifyFix),
    made(judgeFix),
    made(commitFix),
    made(announceRun),
    made(hearCi),
    made(triage),
    made(rerunDoubted),
    made(holdAgainstCi),
    made(holdCourt),
    made(takeFailure),
    made(stillWanted),
    made(decideOffer),
    made(openPullRequest),
    made(offerRecipe),
    made(awaitChecks),
    made(decideRound),
    made(mindBase),
    made(concludeRun),
    ...whoBrokeIt(made),
    ...deploying(made),
    ...testingOurselves(made),
  ])
}

type Made = <Input>(make: (ports: StepPorts) => StepKind<Input>) => StepKind

function whoBrokeIt(made: Made): readonly StepKind[] {
  return [
    made(askWho),
    made(weighCulprits),
    made(arbitrateStep),
    made(openRevert),
    made(readyRevert),
    made(concludeCulprit),
  ]
}

function deploying(made: Made): readonly StepKind[] {
  return [
    made(awaitTurn),
    made(weighRollback),
    made(consumeApproval),
    made(deployCommit),
    made(restoreCommit),
    made(verifyDeployment),
    made(watchRestored),
    made(revertDeployment),
    made(landRevert),
    made(concludeDeployment),
    made(beginRollback),
    made(concludeRollback),
    made(reportDeployment),
    made(raiseAlerts),
  ]
}

function testingOurselves(made: Made): readonly StepKind[] {
  return [
    made(beginSelfTest),
    made(proposeNothing),
    made(tryDeploy),
    made(clearSelfTest),
    made(concludeSelfTest),
  ]
}

function byName(kinds: readonly StepKind[]): StepKinds {
  return Object.fromEntries(kinds.map((kind) => [kind.name, kind]))
}

/**
 * A step of a run in shadow mode gets ports that publish nothing. The engine hands over what the kind's own schema
 * parsed; parsing once more here keeps the types honest.
 */
function publishingOrNot<Input>(
  make: (ports: StepPorts) => StepKind<Input>,
  ports: StepPorts,
): StepKind {
  const kind = make(ports)
  return {
    ...kind,
    async run(input, context) {
      const waits = await waitsWhileStopped(ports.stops, kind, context)
      if (waits !== null) return waits
      const isHidden = isShadowRun(context) || (ports.shadow && heldWith(context.event) !== null)
      const chosen = isHidden ? make(inShadow(ports, context)) : kind
      return await chosen.run(kind.input.parse(input), context)
    },
  }
}
