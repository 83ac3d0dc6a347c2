import type { Reached } from '#domain/budget.ts'
import type { CoderTask, CoderUsage } from '#domain/coder.ts'
import { nearWords } from '#messages/cost.ts'
import { addUsage } from '#policy/coder-budget.ts'
import { isForAgents } from '#policy/coder-scope.ts'
import type { Budgets, Reserving } from '#ports/budgets.ts'
import type { Coder, CoderAnswer, CoderContext } from '#ports/coder.ts'
import type { StepContext } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { type FactStore, record } from './record.ts'

export interface CoderPorts {
  /** Null where none is set: the ladder ends before this rung. */
  readonly coder: Coder | null
  readonly budgets: Budgets
  readonly clock: Clock
  readonly store: FactStore
}

/** What came of one attempt, or why there was none. */
export type Asked = CoderAnswer | { readonly kind: 'exhausted'; readonly reached: Reached }

/** What it has before it; the limits and the meter are ours. */
export type Desk = Pick<
  CoderContext,
  'workspace' | 'patch' | 'checks' | 'observe' | 'refusal' | 'orders'
>

interface Asking {
  readonly coder: Coder
  readonly task: CoderTask
  readonly desk: Desk
}

/** A call shows all that was said before, so the bill grows with the square of these; twice what fixers.md C names. */
const mostCalls = 16

/** One attempt of a coder within what task and day leave; what it used is on record, however it ends. */
export async function askCoder(
  ports: Omit<CoderPorts, 'coder'>,
  asking: Asking,
  context: StepContext,
): Promise<Asked> {
  const { event, runId, step } = context
  const spender = { repository: event.repository, taskId: event.taskId, runId, step }
  const reserved = await ports.budgets.reserve(spender, ports.clock.now())
  if (reserved.kind === 'exhausted') return reserved
  for (const near of reserved.near) context.note(nearWords(near))
  const answer = await attempt(ports, { ...asking, reserved }, context)
  if (answer.kind !== 'ended' || answer.because !== 'budget-spent') return answer
  // What was set aside is used: was that the end of the task's or of the day's?
  const reached = await ports.budgets.spent(spender, ports.clock.now())
  return reached === null ? answer : { kind: 'exhausted', reached }
}

type Reserved = Extract<Reserving, { kind: 'reserved' }>

async function attempt(
  ports: Omit<CoderPorts, 'coder'>,
  { coder, task, desk, reserved }: Asking & { readonly reserved: Reserved },
  { runId, signal }: StepContext,
): Promise<CoderAnswer> {
  const spending = meterOf(ports.budgets, reserved)
  const limits = { minutes: reserved.allowance.minutes, calls: mostCalls }
  try {
    const { meter } = spending
    return await coder.code(task, { ...desk, isForAgents, limits, meter, signal })
  } finally {
    await ports.budgets.release(reserved.id)
    const usage = spending.used()
    const { id, near } = reserved
    if (usage !== null)
      await record(ports.store, { runId, key: id }, { kind: 'cost', usage, near: [...near] })
  }
}

function meterOf(budgets: Budgets, { id }: Reserved) {
  let used: CoderUsage | null = null
  let calls = 0
  return {
    used: () => used,
    meter: {
      spend(usage: CoderUsage) {
        used = used === null ? usage : addUsage(used, usage)
        calls += 1
        return budgets.spend(id, calls, usage)
      },
    },
  }
}
