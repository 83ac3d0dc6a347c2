import { randomIds, systemClock } from '#adapters/system/world.ts'
import { askingOf } from '#adapters/watch/asked.ts'
import { httpMetrics } from '#adapters/watch/metrics.ts'
import { httpProbes } from '#adapters/watch/probes.ts'
import { sentryCounts } from '#adapters/watch/sentry.ts'
import type { Settings } from '#config/environment.ts'
import type { Event } from '#domain/event.ts'
import type { GateView } from '#domain/gate.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import { runIdAt } from '#domain/run.ts'
import { selfTestName } from '#domain/self-test.ts'
import { newsNote } from '#messages/hosted-notes.ts'
import { missingForMetrics, missingForProbe } from '#policy/deploy-settings.ts'
import type { Claims } from '#ports/claims.ts'
import type { Deployments, Gates } from '#ports/deployments.ts'
import type { Engine } from '#ports/engine.ts'
import type { Outbox } from '#ports/news.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { RunStore } from '#ports/run-store.ts'
import { deployTopic } from '#steps/deploy-run.ts'
import type { StepPorts } from '#steps/step-ports.ts'

import { type Gate, gateOf, type GateParts, viewsOf } from './app-gate.ts'
import { channelsOf, newsroomOf } from './app-news.ts'
import { setUpOf } from './app-set-up.ts'

type DeployPorts = Pick<
  StepPorts,
  'stops' | 'gates' | 'newsroom' | 'probes' | 'metrics' | 'mayDeploy'
>

type DeployParts = Omit<GateParts, 'clock'> & { readonly outbox: Pick<Outbox, 'post'> }

/** The ports of the steps of a deploy, made real. */
export function deployPorts(parts: DeployParts, settings: Settings): DeployPorts {
  const ask = askingOf(settings.watchHosts)
  return {
    stops: parts.stops,
    gates: gatesOf({ ...parts, clock: systemClock }),
    newsroom: newsroomOf(parts.outbox, channelsOf(settings.notify, systemClock)),
    probes: {
      ...httpProbes(ask),
      missing: async (probe) => missingForProbe(probe, settings),
    },
    metrics: {
      ...httpMetrics(ask, settings.sentry === null ? null : sentryCounts(settings.sentry)),
      missing: async (question) => missingForMetrics(question, setUpOf(settings)),
    },
    mayDeploy: settings.agentEnabled && !settings.shadow,
  }
}

/** The gate as it stands when it is asked about, by the same look that the check run is made of. @internal */
export function gatesOf(parts: GateParts): Gates {
  return {
    async ask({ repository, environment, pull }) {
      const gate = await gateOf(parts, repository, pull)
      const rules = gate.rules.get(environment)
      const views = await viewsOf(parts, gate)
      const view = views.find((one) => one.environment === environment)
      if (rules === undefined || view === undefined) return null
      const { sha, state } = gate.change
      const { standing, plan } = view
      const isMerged = state === 'merged'
      const secondLookHours = rules['second-look-hours']
      const { digest } = plan
      const { automatic } = view
      const auto = automatic?.kind === 'approves' ? automatic.seen : null
      return { standing, sha, isMerged, secondLookHours, plan: rules.deploy, digest, auto }
    },
  }
}

export interface DeployStart {
  readonly engine: Pick<Engine, 'start'>
  readonly claims: Pick<Claims, 'take'>
  readonly proposals: Pick<Proposals, 'numbered'>
  readonly startedBy: (event: Event) => readonly string[]
  readonly webUrl: string
  /** Where somebody asks for it once more: what tells this asking from others. */
  readonly again?: string
}

/**
 * Starts a deploy for each gate that stands open for a merged change: one run for each time that it was opened. What we
 * repaired stays the same task until it is live.
 */
export async function beginDeploys(
  parts: DeployStart,
  { repository, change, rules }: Gate,
  views: readonly GateView[],
): Promise<void> {
  if (change.state !== 'merged') return
  const repair = await parts.proposals.numbered(repository.id, change.number)
  for (const { environment, standing } of views) {
    if (standing.kind !== 'approved' || !rules.get(environment)?.deploy) continue
    const key = `deploy ${repository.id} ${environment} ${change.sha} ${standing.since.getTime()}${parts.again ?? ''}`
    const runId = runIdAt(systemClock.now(), randomIds.eightHex())
    const claim = await parts.claims.take({
      key,
      runId,
      taskId: repair?.taskId ?? randomIds.uuid(),
    })
    const event: Event = {
      kind: 'deploy-approved',
      repository: `${parts.webUrl}/${repository.owner}/${repository.name}.git`,
      ref: change.sha,
      base: null,
      checks: [],
      taskId: claim.taskId,
      publish: true,
      deploy: { repository, environment, pull: change.number, title: change.title },
    }
    for (const workflow of parts.startedBy(event))
      await parts.engine.start(claim.runId, workflow, event)
  }
}

export interface ReportParts {
  readonly engine: Pick<Engine, 'signal'>
  readonly deployments: Pick<Deployments, 'underWay'>
  readonly store: Pick<RunStore, 'runs'>
  readonly webUrl: string
}

/** Wakes whoever waits for a deploy to that environment: how it stands each of them asks itself. */
export async function onDeploymentReported(
  { engine, deployments, store, webUrl }: ReportParts,
  { repository, environment, deliveryId }: Extract<HubEvent, { kind: 'deployment-reported' }>,
): Promise<string> {
  const place = `${webUrl}/${repository.owner}/${repository.name}.git`
  const open = await store.runs({ repository: place, unfinished: true })
  const trials = open.filter(({ workflow }) => workflow === selfTestName).map(({ id }) => id)
  const runs = [...(await deployments.underWay(repository.id, environment)), ...trials]
  for (const run of runs) await engine.signal(run, deployTopic, 'reported', deliveryId)
  return newsNote(runs)
}
