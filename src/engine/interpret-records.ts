import { z } from 'zod'

import { event } from '#domain/event.ts'
import { failureReason, json, type Json, type Outputs } from '#domain/outcome.ts'
import { runOutcome } from '#domain/run.ts'
import { phaseDefinition, workflow } from '#domain/workflow.ts'

// Everything here crosses the durable record: written by one process, perhaps read by the next.

/** What a run starts with. The whole workflow is in it: editing the file never changes a run in flight. */
export const runInput = z.strictObject({ workflow, event })
export type RunInput = z.infer<typeof runInput>

const outputs: z.ZodType<Outputs> = z.record(z.string(), json)
const result = z.enum(['success', 'failure', 'skipped'])

/** How one step of a phase ended. `called` is what it was called with, for the step that undoes it. */
const stepEnd = z.strictObject({
  result,
  outputs,
  reason: failureReason.nullable(),
  detail: z.string().nullable(),
  called: json,
})
export type StepEnd = z.infer<typeof stepEnd>

const stepEnds = z.record(z.string(), stepEnd)
export type StepEnds = z.infer<typeof stepEnds>

/** Where a phase goes on after a wait: the steps that ended before it, and what came (null: the time was up). */
const resumption = z.strictObject({
  steps: stepEnds,
  step: z.string(),
  message: json.nullable(),
  /** When the phase first began, ISO 8601. */
  since: z.string(),
  /** How often each step was tried so far. */
  tries: z.record(z.string(), z.number()),
  /** The step answers itself when the time is up. */
  resumes: z.boolean().default(false),
})

export const phaseInput = z.strictObject({
  runId: z.string(),
  phase: z.string(),
  entry: z.number().int().positive(),
  definition: phaseDefinition,
  event,
  needs: z.record(
    z.string(),
    z.strictObject({
      result,
      outputs,
      reason: failureReason.nullable().default(null),
      detail: z.string().nullable().default(null),
    }),
  ),
  startedAt: z.string(),
  deadlineAt: z.string().nullable(),
  resumption: resumption.nullable(),
})
export type PhaseInput = z.infer<typeof phaseInput>

export const phaseResult = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ended'),
    result,
    outputs,
    reason: failureReason.nullable(),
    detail: z.string().nullable(),
    /** It failed, and the workflow goes on all the same. */
    warned: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('waiting'),
    topic: z.string(),
    timeoutMs: z.number(),
    step: z.string(),
    steps: stepEnds,
    since: z.string(),
    tries: z.record(z.string(), z.number()),
    resumes: z.boolean().default(false),
  }),
])
export type PhaseResult = z.infer<typeof phaseResult>
export type PhaseEnded = Extract<PhaseResult, { kind: 'ended' }>
export type PhaseWaiting = Extract<PhaseResult, { kind: 'waiting' }>

/** What a run ends with. @internal */
export const runResult = z.strictObject({
  outcome: runOutcome,
  reason: failureReason.nullable(),
  detail: z.string().nullable(),
  criteria: z.array(z.strictObject({ text: z.string(), required: z.boolean(), met: z.boolean() })),
})
export type RunResult = z.infer<typeof runResult>

/** One call of a step kind, as recorded: `threw` may be tried again, `failed` is an answer. */
const trial = z.strictObject({
  end: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('done'), outputs }),
    z.strictObject({
      kind: z.literal('wait'),
      topic: z.string(),
      timeoutMs: z.number(),
      resumes: z.boolean().exactOptional(),
    }),
    z.strictObject({ kind: z.literal('failed'), reason: failureReason, detail: z.string() }),
    z.strictObject({ kind: z.literal('threw'), message: z.string() }),
  ]),
  startedAt: z.string(),
  finishedAt: z.string(),
})
export type Trial = z.infer<typeof trial>

/** An approval or its refusal, as sent to the topic of `approvalTopic`. */
export const decision = z.object({ approved: z.boolean(), by: z.string() })

export function approvalTopic(phase: string): string {
  return `approval/${phase}`
}

/** Records are plain JSON by their schemas; this says so to the compiler. */
export function asJson(record: unknown): Json {
  return json.parse(record)
}
