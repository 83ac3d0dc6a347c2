import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Pool } from 'pg'

import type { Json } from '#domain/outcome.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Engine } from '#ports/engine.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { Clock } from '#ports/world.ts'

import type { Completions } from './completions.ts'
import { forkRun } from './fork-run.ts'
import { asData, runName, runWorkflow, tickWorkflow } from './programs.ts'
import { resumeRun } from './resume-run.ts'
import type { Terms } from './roles.ts'
import { statusOf } from './statuses.ts'

export interface EngineParts {
  readonly pool: Pool
  readonly store: RunStore
  readonly clock: Clock
  readonly completions: Completions
  readonly terms: Terms
  readonly workflowNamed: (name: string) => Workflow
}

export function dbosEngine(parts: EngineParts): Omit<Engine, 'stop'> {
  const { completions, workflowNamed } = parts
  return {
    async start(id, workflow, event) {
      const input: Json = { workflow: asData(workflowNamed(workflow)), event }
      await DBOS.startWorkflow(runWorkflow, { workflowID: id })(input)
    },
    async result(id) {
      await completions.until([id], null)
      const [status] = await list(parts, { ids: [id] })
      if (!status) throw new Error(`There is no run "${id}".`)
      return status
    },
    signal: (...[id, topic, message, key]) => DBOS.send(id, message, topic, key),
    cancel: (id) => cancel(parts, id),
    resume: (id) => resumeRun(parts, id),
    forkFrom: (id, phase, newId) => forkRun(parts, { id, phase, newId }),
    list: ({ unfinished }) => list(parts, { unfinished }),
    async schedule(name, cron, { workflow, event }) {
      workflowNamed(workflow)
      const context = { name, workflow, event }
      const schedule = { scheduleName: name, workflowFn: tickWorkflow, schedule: cron, context }
      await DBOS.applySchedules([{ ...schedule, cronTimezone: 'UTC' }])
    },
    unschedule: (name) => DBOS.deleteSchedule(name),
  }
}

async function cancel({ store, clock }: EngineParts, id: string): Promise<void> {
  await DBOS.cancelWorkflow(id, { cancelChildren: true })
  const status = await DBOS.getWorkflowStatus(id)
  const run = await store.run(id)
  if (status?.status !== 'CANCELLED' || !run) return
  const finishedAt = clock.now().toISOString()
  const end = { state: 'finished', outcome: 'cancelled', reason: 'cancelled', finishedAt } as const
  await store.saveRun({ ...run, ...end })
  await store.append({ runId: id, key: `cancelled-${finishedAt}`, type: 'run-cancelled', data: {} })
}

async function list(
  { store }: EngineParts,
  of: { readonly ids?: readonly string[]; readonly unfinished?: boolean },
) {
  const found = await DBOS.listWorkflows({
    workflowName: runName,
    loadInput: true,
    loadOutput: true,
    ...(of.ids && { workflowIDs: [...of.ids] }),
  })
  const open = await store.runs({ unfinished: true })
  const cancelled = new Set(
    found.filter(({ status }) => status === 'CANCELLED').map(({ workflowID }) => workflowID),
  )
  const parked = new Set(open.map(({ id }) => id).filter((id) => cancelled.has(id)))
  const statuses = found.map((status) => statusOf(status, parked))
  if (of.unfinished === undefined) return statuses
  return statuses.filter(({ status }) => (status === 'pending') === of.unfinished)
}
