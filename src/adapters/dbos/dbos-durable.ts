import { DBOS, Error as DbosError } from '@dbos-inc/dbos-sdk'
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import { z } from 'zod'

import type { Json } from '#domain/outcome.ts'
import type { Durable, PhaseCall, PhaseEnd } from '#ports/durable.ts'

import type { OwnSecrets } from '../secrets/own-secrets.ts'
import type { Completions } from './completions.ts'
import type { Lookout } from './lookout.ts'
import type { Role } from './roles.ts'

/** Shared by all processes of the service: phases of one repository one after the other, four over all. */
export const phaseQueue = 'phases'
/** Shared as well: those of deploys, by environment. No repair, however long, keeps a bad version live. */
export const deployQueue = 'deploys'

/** The queue itself where it is one of those, else null. */
export function sharedQueueOf(name: string | null): string | null {
  return name === phaseQueue || name === deployQueue ? name : null
}

/** The SDK's own look at what a run waits for is two queries of each run: `Lookout` looks sooner, with one for all. */
const receivePollMs = 600_000
const resultPollMs = 20

interface Surroundings {
  readonly completions: Completions
  readonly lookout: Lookout
  readonly leaving: AbortSignal
  readonly role: Role
  readonly secrets: OwnSecrets
}

interface Execution {
  readonly input: Json
  readonly runPhase: ((input: Json) => Promise<Json>) | null
  readonly runNext: ((input: Json) => Promise<Json>) | null
}

const ofRepository = z.object({
  event: z.object({
    repository: z.string(),
    deploy: z.object({ environment: z.string() }).optional(),
  }),
})

/** The port over the SDK, for the workflow that is being executed. */
export function dbosDurable(of: Surroundings, execution: Execution): Durable {
  const { completions, lookout, leaving, role, secrets } = of
  const runId = DBOS.workflowID ?? ''
  return {
    runId,
    step: (name, run) =>
      leaving.aborted ? never() : DBOS.runStep(guarded(run, { leaving, secrets }), { name }),
    async phases(calls) {
      // One after the other: the SDK numbers what it records in the order of the calls.
      const ids: string[] = []
      for (const call of calls) {
        const id = await start(execution, call, { runId, role })
        ids.push(id)
        if (role === 'command') await completions.until([id], runId)
      }
      await completions.until(ids, runId)
      const ends: PhaseEnd[] = []
      for (const id of ids) ends.push(await endOf(id))
      return ends
    },
    receive(topic, timeoutMs) {
      const timeoutSeconds = timeoutMs / 1000
      const options = { timeoutSeconds, pollingIntervalMs: receivePollMs }
      const wake = () => tell(runId, topic)
      return lookout.during(DBOS.recv<Json>(topic, options), { runId, topic, wake })
    },
    sleep: (ms) => DBOS.sleepms(ms),
    async follow(id, input) {
      if (!execution.runNext) throw new Error('Only a run is followed by another.')
      await DBOS.startWorkflow(execution.runNext, { workflowID: id })(input)
    },
    isInterruption,
  }
}

/** What the database's notification does in the SDK: whoever waits looks once more. */
function tell(runId: string, topic: string): void {
  const database = DBOSExecutor.globalInstance?.systemDatabase
  database?.notificationsMap.callCallbacks(`${runId}::${topic}`)
}

/** Named by run, phase and entry, so that a fork has phases of its own and a log can be read. */
function idOf(runId: string, { phase, entry }: PhaseCall): string {
  return entry === 1 ? `${runId}/${phase}` : `${runId}/${phase}/${entry}`
}

/** The id of the phase that was started; in a fork, that of the original run's phase where it is kept. */
async function start(
  { input: of, runPhase }: Execution,
  call: PhaseCall,
  { runId, role }: { readonly runId: string; readonly role: Role },
): Promise<string> {
  if (!runPhase) throw new Error('Only a run has phases.')
  const { workflowID } = await DBOS.startWorkflow(runPhase, {
    workflowID: idOf(runId, call),
    ...(role === 'service' && sharedQueue(of)),
  })(call.input)
  return workflowID
}

/** Without a queue a phase starts at once, in this process and in no other. */
function sharedQueue(input: Json) {
  const { repository, deploy } = ofRepository.parse(input).event
  const queuePartitionKey =
    deploy === undefined ? repository : `${repository} ${deploy.environment}`
  const queueName = deploy === undefined ? phaseQueue : deployQueue
  return { queueName, enqueueOptions: { queuePartitionKey } }
}

async function endOf(id: string): Promise<PhaseEnd> {
  try {
    const handle = DBOS.retrieveWorkflow<Json>(id)
    return { kind: 'returned', value: await handle.getResult({ pollingIntervalMs: resultPollMs }) }
  } catch (error) {
    if (isInterruption(error)) throw error
    return { kind: 'broke', message: error instanceof Error ? error.message : String(error) }
  }
}

function isInterruption(error: unknown): boolean {
  return (
    error instanceof DbosError.DBOSWorkflowCancelledError ||
    error instanceof DbosError.DBOSAwaitedWorkflowCancelledError ||
    error instanceof DbosError.DBOSWorkflowConflictError
  )
}

const live = new Set<Promise<unknown>>()

/** Resolves when no step runs any more in this process, or the time is up. */
export async function stepsSettled(withinMs: number): Promise<void> {
  const timeUp = new Promise((resolve) => {
    setTimeout(resolve, withinMs).unref()
  })
  await Promise.race([Promise.allSettled(live), timeUp])
}

/**
 * A step that ends after we began to leave was cut short, also where it answers: a ladder whose tools were stopped finds
 * nothing. It is unfinished, and whoever takes over does it again. What is recorded of it has no secret of ours.
 */
function guarded<T>(
  run: (signal: AbortSignal) => Promise<T>,
  { leaving, secrets }: Pick<Surroundings, 'leaving' | 'secrets'>,
) {
  return async (): Promise<T> => {
    const cancelled = DBOS.stepStatus?.cancelSignal
    const signal = cancelled ? AbortSignal.any([cancelled, leaving]) : leaving
    const running = run(signal)
    live.add(running)
    try {
      const ended = secrets.inOutcome(await running)
      return leaving.aborted ? never() : ended
    } catch (error) {
      if (leaving.aborted) return never()
      throw error
    } finally {
      live.delete(running)
    }
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}
