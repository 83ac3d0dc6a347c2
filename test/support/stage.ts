import type { Json, Outcome } from '#domain/outcome.ts'
import type { Progress } from '#domain/progress.ts'
import { type Workflow, workflow } from '#domain/workflow.ts'
import { runResult } from '#engine/interpret-records.ts'
import { interpreter } from '#engine/interpreter.ts'
import type { StepContext } from '#ports/step.ts'

import { event, kind } from './engine-world.ts'
import { Memory, memoryDurable, memoryStore } from './memory-durable.ts'

export type Script = (
  input: Readonly<Record<string, unknown>>,
  context: StepContext,
) => Outcome | Promise<Outcome>

export const done = (outputs: Readonly<Record<string, Json>> = {}): Outcome => ({
  kind: 'done',
  outputs,
})
export const failed = (detail = 'no'): Outcome => ({
  kind: 'failed',
  reason: 'no-fix-found',
  detail,
})

interface More {
  readonly again?: string
  readonly workflows?: readonly Workflow[]
  /** What its goal says besides. */
  readonly [key: string]: unknown
}

/** A workflow, step kinds as scripts, and what came of running it. */
export function stage(
  jobs: object,
  scripts: Readonly<Record<string, Script>>,
  { again, workflows = [], ...goal }: More = {},
) {
  const calls: string[] = []
  const kinds = Object.fromEntries(
    Object.entries(scripts).map(([name, script]) => [
      name,
      kind(name, async (input, context) => {
        calls.push(`${context.phase}/${context.step}:${name}`)
        return script(input, context)
      }),
    ]),
  )
  const told: Progress[] = []
  const memory = new Memory()
  const records = memoryStore()
  const document = workflow.parse({
    name: 'play',
    on: ['fix-requested'],
    goal: { objective: 'play', criteria: [{ text: 'always', met: '${{ true }}' }], ...goal },
    jobs,
    again,
  })
  const perform = async () => {
    const programs = interpreter({
      kinds,
      store: records.store,
      listener: { tell: (_run, progress) => void told.push(progress) },
      clock: { now: () => new Date() },
      workflows,
    })
    const input: Json = JSON.parse(JSON.stringify({ workflow: document, event }))
    return runResult.parse(await programs.run(memoryDurable('r1', memory, programs), input))
  }
  return { perform, calls, told, memory, ...records }
}

/** A workflow of one phase named `only`. */
export const one = (steps: readonly object[], more: object = {}) => ({ only: { steps, ...more } })

/** A step that only ends when it is told to. */
export const endless: Script = (_input, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('stopped'))
    })
  })
