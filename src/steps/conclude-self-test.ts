import { z } from 'zod'

import { failureReason, json, type Json, type Outcome } from '#domain/outcome.ts'
import { selfTestName, selfTestSteps, type StepSeen } from '#domain/self-test.ts'
import { selfTestDetail, selfTestLines, selfTestNews } from '#messages/self-test.ts'
import { judgeSelfTest } from '#policy/self-test.ts'
import type { Newsroom } from '#ports/news.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { selfTestOf } from './self-test-run.ts'

interface Ports {
  readonly store: Pick<RunStore, 'append'>
  readonly newsroom: Newsroom
}

const time = z.iso.datetime().nullable()

const input = z.strictObject({
  /** Why a phase failed; null where none did. */
  reason: failureReason.nullable(),
  reasonDetail: z.string().nullable(),
  number: z.number().int().positive().nullable(),
  head: z.string().nullable(),
  isAsWritten: z.boolean().nullable(),
  begunAt: time,
  liveAt: time,
  isHeard: z.boolean().nullable(),
  isCleared: z.boolean().nullable(),
})
type Input = z.infer<typeof input>

/** Puts each step of a self-test on record, and tells of one that failed (S2-46). What somebody holds did not fail. */
export function concludeSelfTest(ports: Ports): StepKind<Input> {
  return {
    name: 'conclude-self-test',
    input,
    outputs: ['passed'],
    sideEffect: 'external',
    run: (input, context) => conclude(ports, input, context),
  }
}

async function conclude(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { reason, reasonDetail } = input
  const { runId, startedAt } = context
  const steps = stepsOf(input)
  const passed = reason === null && steps.every(({ isGood }) => isGood === true)
  const told = { place: selfTestOf(context), runId, steps, reason }
  for (const line of selfTestLines(told)) context.note(line)
  const data = { passed, steps, reason, reasonDetail, startedAt: startedAt.toISOString() }
  const key = 'facts/self-test'
  await ports.store.append({ runId, key, type: selfTestName, data: asJson(data) })
  if (!passed && reason !== 'switched-off') await ports.newsroom.post(selfTestNews(told))
  return { kind: 'done', outputs: { passed } }
}

function stepsOf(input: Input): readonly StepSeen[] {
  const [begunAt, liveAt] = [dateOf(input.begunAt), dateOf(input.liveAt)]
  const seen = { ...input, begunAt, liveAt }
  const judged = judgeSelfTest(seen)
  return selfTestSteps.map((step) => {
    const isGood = judged[step]
    return { step, isGood, detail: selfTestDetail(step, isGood, seen) }
  })
}

function asJson(data: object): Json {
  return json.parse(JSON.parse(JSON.stringify(data)))
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
