import { join } from 'node:path'

import { readWorkflows } from '#config/workflows.ts'
import type { Event } from '#domain/event.ts'
import type { News } from '#domain/news.ts'
import type { Json } from '#domain/outcome.ts'
import { runResult } from '#engine/interpret-records.ts'
import { interpreter } from '#engine/interpreter.ts'
import { workflowsFor } from '#engine/match.ts'
import type { StepKinds } from '#ports/step.ts'
import { awaitTurn } from '#steps/await-turn.ts'
import { beginRollback } from '#steps/begin-rollback.ts'
import { concludeDeployment } from '#steps/conclude-deployment.ts'
import { concludeRollback } from '#steps/conclude-rollback.ts'
import { consumeApproval } from '#steps/consume-approval.ts'
import { deployCommit, restoreCommit } from '#steps/deploy-commit.ts'
import { landRevert } from '#steps/land-revert.ts'
import { raiseAlerts } from '#steps/raise-alerts.ts'
import { reportDeployment } from '#steps/report-deployment.ts'
import { revertDeployment } from '#steps/revert-deployment.ts'
import { verifyDeployment } from '#steps/verify-deployment.ts'
import { watchRestored } from '#steps/watch-restored.ts'
import { weighRollback } from '#steps/weigh-rollback.ts'

import { gatesOf } from '../../src/app-deploy.ts'
import { beginTakeBack } from '../../src/app-hub-take-back.ts'
import { takeSecondLook } from '../../src/app-second-look.ts'
import { memoryAccounts } from './account-in-memory.ts'
import { memoryDeployments } from './deploy-ledger.ts'
import { deployRules } from './deploy-rules.ts'
import { gatedChange, maria } from './gated-change.ts'
import { memoryLedger } from './ledger-world.ts'
import { Died, Memory, memoryDurable, memoryStore } from './memory-durable.ts'
import { memoryIncidents } from './memory-incidents.ts'
import { type Life, mortalPorts } from './mortal-ports.ts'
import { production, type Version } from './production.ts'
import { revertibleChange } from './revertible-change.ts'
import { deployEvent } from './step-context.ts'

const workflows = readWorkflows(join(import.meta.dirname, '../../workflows'), () => [])

interface Started {
  readonly runId: string
  readonly name: string
  readonly event: Event
}

/** A gated repository with a production behind it; deploys run by the real workflow on a clock that jumps over waits. */
export function deployWorld(
  versions: Readonly<Record<string, Version>>,
  mayDeploy = true,
  plan = '',
) {
  const wished: Started[] = []
  const engine = {
    start: async (runId: string, name: string, event: Event) =>
      void wished.push({ runId, name, event }),
    signal: async (run: string, topic: string) => void notes.push(`${topic} ${run}`),
  }
  const change = gatedChange(deployRules(plan), {
    secondLook: (word) => takeSecondLook({ deployments, store }, word),
    takeBack: (wish) =>
      beginTakeBack(
        {
          ...change.parts,
          hosting,
          store,
          deployments,
          engine,
          startedBy: (event) => workflowsFor(event, workflows).map(({ name }) => name),
          claims: memoryLedger().ledger.claims,
          webUrl: 'https://github.example',
          shadow: false,
        },
        wish,
      ),
  })
  const { clock, hosting } = change
  const place = production(clock, versions)
  const deployments = memoryDeployments()
  const incidents = memoryIncidents()
  /** Done once, at the next wait of a run. */
  const meanwhile: (() => Promise<unknown>)[] = []
  const opened: string[] = []
  const notes: string[] = []
  const news: News[] = []
  const { revert, ...revertible } = revertibleChange(() => change.change().sha, opened)
  const records = memoryStore()
  const { store } = records
  const life: Life = { left: Number.POSITIVE_INFINITY }
  const lasting = {
    ...place,
    deployments,
    engine,
    openGates: change.parts.openGates,
    clock,
    store,
    accounts: memoryAccounts(records),
    deliveries: { since: async () => [] },
    newsroom: { post: async (told: News) => void news.push(told) },
    mayDeploy,
    gates: gatesOf(change.parts),
    comments: hosting.comments,
    people: hosting.people,
    incidents,
    stops: change.parts.stops,
    ...revertible,
  }
  const ports = mortalPorts(lasting, life)
  const kinds: StepKinds = Object.fromEntries(
    [
      awaitTurn(ports),
      weighRollback(ports),
      consumeApproval(ports),
      deployCommit(ports),
      restoreCommit(ports),
      verifyDeployment(ports),
      revertDeployment(ports),
      landRevert(ports),
      concludeDeployment(ports),
      beginRollback(ports),
      concludeRollback(ports),
      reportDeployment(ports),
      raiseAlerts(ports),
      watchRestored(ports),
    ].map((kind) => [kind.name, kind]),
  )
  let runs = 0
  const memories = new Map<string, Memory>()
  const listener = {
    tell: (_run: string, told: { kind: string; text?: string }) =>
      void (told.text && notes.push(told.text)),
  }
  const go = async ({ runId, name, event }: Started) => {
    const memory = memories.get(runId) ?? new Memory([], () => life.left <= 0)
    memories.set(runId, memory)
    const programs = interpreter({ kinds, store, listener, clock, workflows: [] })
    const workflow = workflows.find((one) => one.name === name)
    const input: Json = JSON.parse(JSON.stringify({ workflow, event }))
    const durable = memoryDurable(runId, memory, programs)
    const jumping = {
      ...durable,
      isInterruption: (error: unknown) => error instanceof Died,
      async receive(topic: string, timeoutMs: number) {
        change.pass(timeoutMs / 1000)
        for (const done of meanwhile.splice(0)) await done()
        return await durable.receive(topic, timeoutMs)
      },
    }
    const { outcome } = runResult.parse(await programs.run(jumping, input))
    return { outcome, state: deployments.rows.find((row) => row.runId === runId)?.state }
  }
  const deploy = async (runId = `run_${(runs += 1)}`) => {
    const event = deployEvent(change.change())
    return await untilOver({ runId, name: 'deploy', event })
  }
  /** The run that follows from what a person said; null where none does. It is begun again where its process dies. */
  const follow = async () => {
    const [one] = wished.splice(0)
    return one === undefined ? null : await untilOver(one)
  }
  const untilOver = async (one: Started): Promise<Awaited<ReturnType<typeof go>>> => {
    try {
      return await go(one)
    } catch (error) {
      if (!(error instanceof Died)) throw error
      life.left = Number.POSITIVE_INFINITY
      return await go(one)
    }
  }
  const rollBack = async (person = maria, reason: string | null = null) => {
    await change.write(person, 'rollback', { reason })()
    return await follow()
  }
  const approve = () => change.write(maria, 'approve-deploy', change.change().sha)()
  const next = async (number: number, sha: string) => {
    change.another(number, sha)
    await change.hear()
    await approve()
    return await deploy()
  }
  const told = { incidents: incidents.titles, opened, notes, news, revert, audit: records.audit }
  return {
    life,
    change,
    approve,
    deploy,
    next,
    rollBack,
    follow,
    meanwhile,
    place,
    deployments,
    ...told,
  }
}
