import type { Progress } from '#domain/progress.ts'
import type { Run, RunState } from '#domain/run.ts'
import type { PhaseDefinition } from '#domain/workflow.ts'
import type { Durable } from '#ports/durable.ts'

import type { ExpressionContext } from './expressions.ts'
import type { PhaseEnded, RunInput, RunResult } from './interpret-records.ts'
import type { JournaledWorld } from './interpret-world.ts'

/** A run while it is interpreted: which phases ended how, and the record of the run itself. */
export class RunLife {
  readonly world: JournaledWorld
  readonly durable: Durable
  readonly input: RunInput
  readonly startedAt: string
  ended: Readonly<Record<string, PhaseEnded>> = {}

  private constructor(
    world: JournaledWorld,
    durable: Durable,
    of: { readonly input: RunInput; readonly startedAt: string },
  ) {
    this.world = world
    this.durable = durable
    this.input = of.input
    this.startedAt = of.startedAt
  }

  static async begin(world: JournaledWorld, durable: Durable, input: RunInput): Promise<RunLife> {
    const startedAt = await durable.step('begin', async () => {
      const now = world.clock.now().toISOString()
      await record(world, startOf(durable.runId, input, now))
      await world.store.append({
        runId: durable.runId,
        key: 'started',
        type: 'run-started',
        data: { workflow: input.workflow.name, event: input.event },
      })
      return now
    })
    return new RunLife(world, durable, { input, startedAt })
  }

  static async finish(
    world: JournaledWorld,
    durable: Durable,
    { result, headSha }: { readonly result: RunResult; readonly headSha: string | null },
  ): Promise<void> {
    const { outcome, reason, detail } = result
    await durable.step('finish', async () => {
      const finishedAt = world.clock.now().toISOString()
      const run = await world.store.run(durable.runId)
      if (run) {
        const found = headSha === null ? {} : { headSha }
        const finished = { state: 'finished', outcome, reason, detail, finishedAt } as const
        await world.store.saveRun({ ...run, ...found, ...finished })
      }
      const data = { outcome, reason, detail, criteria: result.criteria }
      await world.store.append({
        runId: durable.runId,
        key: 'finished',
        type: 'run-finished',
        data,
      })
      return null
    })
  }

  /** What a phase's condition can see: the phases it needs. */
  contextOf({ needs }: PhaseDefinition): ExpressionContext {
    const { event } = this.input
    return { event, needs: Object.fromEntries(this.needsOf(needs)), steps: {} }
  }

  needsOf(needs: readonly string[]): readonly (readonly [string, PhaseEnded])[] {
    return needs.flatMap((key) => {
      const ended = this.ended[key]
      return ended ? [[key, ended] as const] : []
    })
  }

  get deadlineAt(): string | null {
    const minutes = this.input.workflow.goal['deadline-minutes']
    if (minutes === undefined) return null
    return new Date(Date.parse(this.startedAt) + minutes * 60_000).toISOString()
  }

  /** Notes, once, that the run waits or goes on; gives the time, ISO 8601. */
  async enters(state: RunState, because: { readonly name: string; readonly type: string }) {
    const { durable, world } = this
    return durable.step(because.name, async () => {
      const run = await world.store.run(durable.runId)
      if (run) await world.store.saveRun({ ...run, state })
      const { name: key, type } = because
      await world.store.append({ runId: durable.runId, key, type, data: { state } })
      return world.clock.now().toISOString()
    })
  }

  tell(progress: Progress): void {
    this.world.listener.tell(this.durable.runId, progress)
  }
}

/** Whoever asked for the run may have put it on record already; what is known then is kept. */
async function record(world: JournaledWorld, run: Run): Promise<void> {
  const known = await world.store.run(run.id)
  await world.store.saveRun(known ? { ...run, ...known, state: 'running' } : run)
}

function startOf(id: string, { workflow, event }: RunInput, startedAt: string): Run {
  return {
    id,
    workflow: workflow.name,
    repository: event.repository,
    headSha: event.ref ?? '',
    taskId: event.taskId,
    state: 'running',
    outcome: null,
    reason: null,
    detail: null,
    startedAt,
    finishedAt: null,
  }
}
