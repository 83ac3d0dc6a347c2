import { randomIds } from '#adapters/system/world.ts'
import { parseRepositoryConfiguration } from '#config/repository.ts'
import {
  type DeployPlan,
  deployPlan,
  type PastDeploy,
  type RollbackRefusal,
} from '#domain/deploy.ts'
import type { Event } from '#domain/event.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import { runIdAt } from '#domain/run.ts'
import { takeBackBegun, takeBackNotes, takeBackRefused } from '#messages/take-back.ts'
import { takeBackOf } from '#policy/take-back.ts'
import type { Claims } from '#ports/claims.ts'
import type { Deployments } from '#ports/deployments.ts'
import type { Engine } from '#ports/engine.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { Clock } from '#ports/world.ts'
import { deployTopic, leaseFrom } from '#steps/deploy-run.ts'

import { acknowledge, answer, type Asked, type HubGateParts, type Of } from './app-hub-answer.ts'
import { environmentOf, unclear } from './app-hub-gate.ts'
import { hostedAs } from './app-hub-news.ts'

/** What a person wants taken back, and by which words: the same words twice are one wish. */
export interface TakeBackWish {
  readonly repository: HostedRepository
  readonly environment: string
  readonly plan: DeployPlan
  readonly by: string
  readonly reason: string | null
  readonly source: string
}

export type TakeBackBegun =
  | {
      readonly kind: 'begun'
      readonly runId: string
      readonly deploy: PastDeploy
      readonly previous: string
    }
  | { readonly kind: 'refused'; readonly because: RollbackRefusal }

export interface TakeBackParts {
  readonly engine: Pick<Engine, 'start' | 'signal'>
  readonly claims: Pick<Claims, 'take'>
  readonly store: Pick<RunStore, 'run'>
  readonly deployments: Pick<Deployments, 'past' | 'askBack' | 'underWay'>
  readonly hosting: Pick<Hosting, 'deploys'>
  readonly startedBy: (event: Event) => readonly string[]
  readonly webUrl: string
  readonly shadow: boolean
  readonly clock: Clock
}

/** `/rollback`: what is live is taken back to what was verified before it. No switch, lock or freeze is in its way. */
export async function takeBack(parts: HubGateParts, { event }: Asked): Promise<string> {
  const { login } = event.sender
  const rules = await rulesFor(parts, event)
  // Rules that nobody can read keep nobody from going back: then it has to be said where.
  const environment =
    rules.broken === null
      ? environmentOf(rules, event.command.environment)
      : event.command.environment
  if (environment === null) return await answer(parts, event, unclear(rules, login))
  const begun = await parts.takeBack({
    repository: hostedAs(event.repository),
    environment,
    plan: rules.rules.get(environment)?.deploy ?? deployPlan.parse({}),
    by: login,
    reason: event.command.reason,
    source: event.source,
  })
  if (begun.kind === 'refused') {
    await answer(parts, event, takeBackRefused(begun.because, environment, login))
    return takeBackNotes.refused(begun.because)
  }
  await acknowledge(parts, event)
  const { deploy, previous, runId } = begun
  const { sha, pull } = deploy
  await answer(parts, event, takeBackBegun({ environment, sha, previous, pull, login }))
  return takeBackNotes.begun(runId)
}

/** Those of the default branch; it may be asked for under an issue too. */
async function rulesFor(
  { hosting }: HubGateParts,
  { repository }: Of<'command-given'>,
): Promise<Parameters<typeof unclear>[0]> {
  const { deploys } = hosting
  const text = await deploys.configuration(hostedAs(repository), repository.defaultBranch)
  const read = parseRepositoryConfiguration(text ?? '')
  return read.kind === 'invalid'
    ? { rules: new Map(), broken: read }
    : { rules: new Map(Object.entries(read.configuration.environments)), broken: null }
}

/** Puts the wish into the line and starts its run; whoever deploys there at the moment hears of it. */
export async function beginTakeBack(
  parts: TakeBackParts,
  wish: TakeBackWish,
): Promise<TakeBackBegun> {
  if (parts.shadow) return { kind: 'refused', because: 'shadow' }
  const { deployments, clock, engine } = parts
  const { repository, environment, source } = wish
  const runId = await runFor(parts, wish)
  const past = await deployments.past(repository.id, environment)
  const found = takeBackOf(past.filter((one) => one.runId !== runId))
  if (found.kind === 'refused') return found
  const { runId: takesBack, pull, sha } = found.deploy
  const way = { runId, repository: repository.id, environment, pull, sha, takesBack, by: wish.by }
  if ((await deployments.askBack(way, leaseFrom(clock))) === 'under-way')
    return { kind: 'refused', because: 'under-way' }
  const event = await eventOf(parts, wish, found.deploy)
  for (const workflow of parts.startedBy(event)) await engine.start(runId, workflow, event)
  for (const run of await deployments.underWay(repository.id, environment))
    await engine.signal(run, deployTopic, 'asked-back', source)
  return { kind: 'begun', runId, deploy: found.deploy, previous: found.previous }
}

async function runFor({ claims, clock }: TakeBackParts, wish: TakeBackWish): Promise<string> {
  const key = `rollback ${wish.repository.id} ${wish.environment} ${wish.source}`
  const runId = runIdAt(clock.now(), randomIds.eightHex())
  return (await claims.take({ key, runId, taskId: randomIds.uuid() })).runId
}

/** It stays the task of the deploy that it takes back. */
async function eventOf(
  { store, hosting, webUrl, clock }: TakeBackParts,
  { repository, environment, plan, by, reason }: TakeBackWish,
  { runId, sha, pull }: PastDeploy,
): Promise<Event> {
  const { title } = await hosting.deploys.look(repository, pull)
  return {
    kind: 'rollback-asked',
    repository: `${webUrl}/${repository.owner}/${repository.name}.git`,
    ref: sha,
    base: null,
    checks: [],
    taskId: (await store.run(runId))?.taskId ?? randomIds.uuid(),
    publish: true,
    deploy: { repository, environment, pull, title },
    rollback: { run: runId, by, reason, askedAt: clock.now().toISOString(), plan },
  }
}
