import { z } from 'zod'

import { runIdAfter } from '#domain/run.ts'
import type { Durable, Program } from '#ports/durable.ts'

import { interpolate } from './expressions.ts'
import {
  asJson,
  type PhaseEnded,
  runInput,
  type RunInput,
  type RunResult,
} from './interpret-records.ts'
import { RunLife } from './interpret-run-life.ts'
import { messageOf } from './interpret-trial.ts'
import { interpretWave } from './interpret-wave.ts'
import type { JournaledWorld } from './interpret-world.ts'
import { judgeGoal } from './judge-goal.ts'
import { planPhases } from './plan.ts'

/** The program of a run: waves of phases, then the goal. It is not queued, so it may wait for a person. */
export function runProgram(world: JournaledWorld): Program {
  return async (durable, raw) => {
    const input = runInput.parse(raw)
    try {
      return await interpretRun(world, durable, input)
    } catch (error) {
      if (durable.isInterruption(error)) throw error
      // Nobody foresaw it, yet the run has an end that says so.
      const detail = messageOf(error)
      const result: RunResult = { outcome: 'failure', reason: null, detail, criteria: [] }
      await RunLife.finish(world, durable, { result, headSha: null })
      return asJson(result)
    }
  }
}

async function interpretRun(world: JournaledWorld, durable: Durable, input: RunInput) {
  const life = await RunLife.begin(world, durable, input)
  for (const wave of planPhases(input.workflow)) await interpretWave(life, wave)
  const result = judgeGoal(input.workflow, { event: input.event, phases: life.ended })
  await goOn(life)
  await RunLife.finish(world, durable, { result, headSha: headShaIn(life.ended) })
  return asJson(result)
}

/** Where there is more to do, a run of its own goes on with it; it begins before this one ends, so nothing lies between. */
async function goOn({ input, ended, durable, world }: RunLife): Promise<void> {
  const { workflow, event } = input
  if (workflow.again === undefined) return
  const context = { event, needs: ended, steps: {}, status: 'success' as const }
  const next = interpolate(workflow.again, context)
  if (next === null) return
  const following = runInput.parse({ workflow, event: next })
  const { kind } = following.event
  // What is asked for may be another workflow's: then that one goes on with the task.
  const chosen =
    kind === event.kind ? workflow : world.workflows.find(({ on }) => on.includes(kind))
  if (chosen === undefined) throw new Error(`No workflow is started by ${kind}.`)
  await durable.follow(runIdAfter(durable.runId), asJson({ ...following, workflow: chosen }))
}

const known = z.union([
  z.object({ headSha: z.string() }).transform(({ headSha }) => headSha),
  z.object({ place: z.object({ headSha: z.string() }) }).transform(({ place }) => place.headSha),
])

/** The commit the run worked on, where a phase hands it on as `headSha` or as part of a `place`. */
function headShaIn(phases: Readonly<Record<string, PhaseEnded>>): string | null {
  for (const { outputs } of Object.values(phases)) {
    const found = known.safeParse(outputs)
    if (found.success) return found.data
  }
  return null
}
