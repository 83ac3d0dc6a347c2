import { DBOS } from '@dbos-inc/dbos-sdk'
import { v5 } from 'uuid'

import type { Event } from '#domain/event.ts'
import type { Json } from '#domain/outcome.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Programs } from '#ports/durable.ts'

import type { OwnSecrets } from '../secrets/own-secrets.ts'
import type { Completions } from './completions.ts'
import { dbosDurable } from './dbos-durable.ts'
import type { Lookout } from './lookout.ts'
import type { Role } from './roles.ts'

/** What the registered workflows need of the engine that is running. */
export interface Installed {
  readonly programs: Programs
  readonly completions: Completions
  readonly lookout: Lookout
  /** Fires when this process leaves: steps stop, and nothing of theirs is recorded. */
  readonly leaving: AbortSignal
  readonly role: Role
  readonly secrets: OwnSecrets
  readonly workflowNamed: (name: string) => Workflow
  readonly relay: RunsHere | null
}

/** Who wants to know which runs are in the hands of this process. */
export interface RunsHere {
  begins(runId: string): void
  ends(runId: string): void
}

let installed: Installed | null = null

/** The SDK knows one engine per process; its workflows are registered once, before it is launched. */
export function install(what: Installed | null): void {
  installed = what
}

export const runName = 'run'
const phaseName = 'phase'

export const runWorkflow = DBOS.registerWorkflow(
  async (input: Json): Promise<Json> => {
    const now = current()
    const id = DBOS.workflowID ?? ''
    now.relay?.begins(id)
    try {
      const calls = { runPhase: phaseWorkflow, runNext: runWorkflow }
      return await now.programs.run(dbosDurable(now, { input, ...calls }), input)
    } finally {
      now.relay?.ends(id)
    }
  },
  { name: runName, maxRecoveryAttempts: 1000 },
)

const phaseWorkflow = DBOS.registerWorkflow(
  async (input: Json): Promise<Json> => {
    const now = current()
    const id = DBOS.workflowID ?? ''
    try {
      const calls = { runPhase: null, runNext: null }
      return await now.programs.phase(dbosDurable(now, { input, ...calls }), input)
    } finally {
      now.completions.expect(id)
    }
  },
  { name: phaseName, maxRecoveryAttempts: 1000 },
)

/** A tick of a schedule starts one run, named by the tick, whose task is its own: the same whoever asks. */
export const tickWorkflow = DBOS.registerWorkflow(
  async (at: Date, context: { name: string; workflow: string; event: Event }): Promise<void> => {
    const { name, workflow, event } = context
    const id = tickId(name, at)
    const ofTick = { ...event, taskId: v5(id, v5.URL) }
    const input: Json = { workflow: asData(current().workflowNamed(workflow)), event: ofTick }
    await DBOS.startWorkflow(runWorkflow, { workflowID: id })(input)
  },
  { name: 'tick' },
)

function tickId(schedule: string, at: Date): string {
  return `${schedule}@${at.toISOString()}`
}

/** A workflow as plain data: without the properties that are not there. */
export function asData(workflow: Workflow): Json {
  return JSON.parse(JSON.stringify(workflow))
}

function current(): Installed {
  if (!installed) throw new Error('The engine is not running.')
  return installed
}
