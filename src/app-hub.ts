import { randomIds, systemClock } from '#adapters/system/world.ts'
import type { Event } from '#domain/event.ts'
import type { Asked } from '#domain/hosted.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import type { HubRepository } from '#domain/hub-words.ts'
import { runIdAt } from '#domain/run.ts'
import { admissionNote, askedInVainNote, notedNote, runNote } from '#messages/hosted-notes.ts'
import { admit, claimKey, mayAsk, type Target } from '#policy/admission.ts'
import type { Engine } from '#ports/engine.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { WaitingDeploys } from '#ports/protection.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { ClosingPorts } from '#steps/hold-court.ts'
import { forsakeLast } from '#steps/leave-branch.ts'

import { beginDeploys, onDeploymentReported } from './app-deploy.ts'
import { showAll, showInQueue } from './app-gate-check.ts'
import { viewsOf } from './app-gate.ts'
import type { HubHandlers } from './app-handlers.ts'
import type { HubGateParts } from './app-hub-answer.ts'
import { askedTarget, describesBug } from './app-hub-asked.ts'
import { onChecksEnded } from './app-hub-checks-ended.ts'
import { onCommandGiven, onCommandMistaken } from './app-hub-commands.ts'
import { onWordsChanged } from './app-hub-gate.ts'
import { onIncidentChanged } from './app-hub-incidents.ts'
import {
  hostedAs,
  type NewsParts,
  onBranchPushed,
  onPullRequestClosed,
  onPullRequestOpened,
} from './app-hub-news.ts'
import { silenced } from './app-hub-shadow.ts'
import { beginTakeBack, type TakeBackParts } from './app-hub-take-back.ts'
import { type SecondLookParts, takeSecondLook } from './app-second-look.ts'
import { afterShowing } from './app-shown.ts'
import { onDeployWaits } from './app-waits.ts'

export interface HubParts
  extends
    NewsParts,
    Omit<HubGateParts, GateAct | 'hosting' | 'clock'>,
    Pick<TakeBackParts, 'deployments'> {
  readonly store: TakeBackParts['store'] & SecondLookParts['store'] & Pick<RunStore, 'runs'>
  readonly engine: Pick<Engine, 'start' | 'signal' | 'cancel'>
  readonly hosting: NewsParts['hosting'] &
    Pick<Hosting, 'people' | 'deploys' | 'notices' | 'protection'>
  readonly waits: WaitingDeploys
  readonly flakes: ClosingPorts['flakes']
  readonly startedBy: (event: Event) => readonly string[]
  /** I10: AGENT_ENABLED. */
  readonly enabled: boolean
  /** AGENT_SHADOW: runs publish nothing. */
  readonly shadow: boolean
  /** Whether there is a model to ask. */
  readonly coder: boolean
  /** Where repositories are cloned from, e.g. https://github.com */
  readonly webUrl: string
}

/** What the hub gives the gate to do. */
type GateAct = 'deployAgain' | 'secondLook' | 'takeBack' | 'forsake' | 'askFix'

/** The handlers of a service that repairs. */
export function hubHandlers(of: HubParts): HubHandlers {
  const parts = of.shadow ? silenced(of) : of
  const gate = gateParts(parts)
  return {
    'check-failed': (event) => onCheckFailed(parts, event),
    'fix-asked': (event) => onFixAsked(parts, event),
    'checks-completed': (event) => onChecksEnded(parts, gate, event),
    'command-given': (event) => onCommandGiven(gate, event),
    'command-mistaken': (event) => onCommandMistaken(gate, event),
    'words-changed': (event) => onWordsChanged(gate, event),
    'pull-changed': ({ repository, number }) => showAll(gate, hostedAs(repository), number),
    'deploy-waits': (event) => onDeployWaits({ ...gate, ...parts, clock: systemClock }, event),
    'merge-queued': ({ repository, number, sha }) =>
      showInQueue(gate, { repository: hostedAs(repository), number, sha }),
    'pull-request-closed': async (event) => {
      const told = await onPullRequestClosed(parts, event)
      if (event.merged) await showAll(gate, hostedAs(event.repository), event.pull.number)
      return told
    },
    'pull-request-opened': async (event) => {
      const told = await onPullRequestOpened(parts, event)
      await showAll(gate, hostedAs(event.repository), event.pull.number)
      return told
    },
    'branch-pushed': (event) => onBranchPushed(parts, event),
    'deployment-reported': (event) => onDeploymentReported(parts, event),
    'incident-changed': (event) => onIncidentChanged(parts.store, event),
    'installation-changed': async () => notedNote, // Nobody acts on it yet.
  }
}

/** What the commands of people set going. */
function gateParts(parts: HubParts): HubGateParts {
  const mayDeploy = parts.enabled && !parts.shadow
  const gate: HubGateParts = {
    ...parts,
    clock: systemClock,
    shown: afterShowing({ ...parts, clock: systemClock }, parts),
    deployAgain: async (one, again) => {
      if (mayDeploy) await beginDeploys({ ...parts, again }, one, await viewsOf(gate, one))
    },
    secondLook: (word) => takeSecondLook(parts, word),
    takeBack: (wish) => beginTakeBack({ ...parts, clock: systemClock }, wish),
    forsake: (repository, runId) =>
      forsakeLast({ ...parts.hosting, store: parts.store }, repository, runId),
    askFix: (event) => onFixAsked(parts, event),
  }
  return gate
}

type Of<Kind extends HubEvent['kind']> = Extract<HubEvent, { kind: Kind }>

async function onCheckFailed(parts: HubParts, event: Of<'check-failed'>): Promise<string> {
  const { repository, head, pulls, check } = event
  const isNamed = pulls.some((pull) => pull.head.sha === head.sha)
  const { pullRequests } = parts.hosting
  const pull = isNamed ? null : await pullRequests.atHead(hostedAs(repository), head.sha)
  const stopped = await parts.stops.of(hostedAs(repository))
  if (stopped !== null) return admissionNote(stopped)
  const admission = admit(event, { pull })
  if (admission.kind === 'ignored') return admissionNote(admission.because)
  const failed = check.name === null ? [] : [check.name]
  return await repair(parts, repository, {
    target: admission.target,
    failed,
    asked: null,
    isBug: false,
  })
}

/** Whoever asks has to have a role that may: GitHub is asked, not the payload. */
async function onFixAsked(parts: HubParts, event: Of<'fix-asked'>): Promise<string> {
  const { repository, number, sender, commentId } = event
  const stopped = await parts.stops.of(hostedAs(repository))
  if (stopped !== null) return admissionNote(stopped)
  if (!event.open) return admissionNote('closed')
  const role = await parts.hosting.people.roleOf(hostedAs(repository), sender.login)
  if (!mayAsk(role)) return askedInVainNote(role)
  const target = await askedTarget(parts, event)
  const asked = { issue: number, comment: commentId }
  const isBug = await describesBug(parts, event, target)
  return await repair(parts, repository, { target, failed: [], asked, isBug })
}

interface Wanted {
  readonly target: Target
  readonly failed: readonly string[]
  readonly asked: Asked | null
  readonly isBug: boolean
}

/** One run for a commit of a branch; asked for by a person, one for each time of asking. */
async function repair(
  parts: HubParts,
  repository: HubRepository,
  { target, failed, asked, isBug }: Wanted,
): Promise<string> {
  const { branch, sha, base, pullRequest, isFork } = target
  const by = asked === null ? 'checks' : `asked ${asked.issue} ${asked.comment ?? 'label'}`
  const runId = runIdAt(systemClock.now(), randomIds.eightHex())
  const key = claimKey(repository.id, { branch, sha, by })
  const claim = await parts.claims.take({ key, runId, taskId: randomIds.uuid() })
  const event: Event = {
    kind: isBug ? 'bug-described' : 'checks-failed',
    repository: `${parts.webUrl}/${repository.owner}/${repository.name}.git`,
    ref: sha,
    base,
    checks: [],
    taskId: claim.taskId,
    publish: !parts.shadow,
    hosted: {
      repository: hostedAs(repository),
      branch,
      headSha: sha,
      pullRequest,
      isFork,
      failed: [...failed],
      asked,
      round: null,
    },
  }
  for (const workflow of parts.startedBy(event))
    await parts.engine.start(claim.runId, workflow, event)
  return runNote(claim.runId, claim.runId === runId)
}
