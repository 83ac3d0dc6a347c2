import type { Reached } from '#domain/budget.ts'
import type { CoderEnd, CoderTask, CoderUsage } from '#domain/coder.ts'
import type { Patch } from '#domain/patch.ts'
import { nearWords } from '#messages/cost.ts'
import { addUsage } from '#policy/coder-budget.ts'
import type { Budgets, Reserving } from '#ports/budgets.ts'
import type { Coder, CoderContext } from '#ports/coder.ts'
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

/** What came of one attempt. */
export type Asked =
  | { readonly kind: 'edits'; readonly patch: Patch; readonly rationale: string }
  | { readonly kind: 'ended'; readonly because: CoderEnd; readonly detail: string }
  | { readonly kind: 'exhausted'; readonly reached: Reached }

/** What it has before it; the limits and the meter are ours. */
export type Desk = Pick<CoderContext, 'workspace' | 'patch' | 'checks' | 'observe' | 'refusal'>

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
  { coder, task, desk }: Asking,
  context: StepContext,
): Promise<Asked> {
  const { event, runId, step, signal } = context
  const spender = { repository: event.repository, taskId: event.taskId, runId, step }
  const reserved = await ports.budgets.reserve(spender, ports.clock.now())
  if (reserved.kind === 'exhausted') return reserved
  for (const near of reserved.near) context.note(nearWords(near))
  const spending = meterOf(ports.budgets, reserved)
  const limits = { minutes: reserved.allowance.minutes, calls: mostCalls }
  try {
    return await coder.code(task, { ...desk, limits, meter: spending.meter, signal })
  } finally {
    await ports.budgets.release(reserved.id)
    const usage = spending.used()
    const { id, near } = reserved
    if (usage !== null)
      await record(ports.store, { runId, key: id }, { kind: 'cost', usage, near: [...near] })
  }
}

function meterOf(budgets: Budgets, { id }: Extract<Reserving, { kind: 'reserved' }>) {
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
