import { z } from 'zod'

/** Names of phases and steps: what `needs` and `${{ needs.x }}` refer to. */
const key = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens')

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Transport retry of one step: attempts in all, first delay, doubled each time (K48). */
const retry = z.strictObject({
  attempts: z.number().int().min(1).max(10),
  'initial-delay-seconds': z.number().positive().default(1),
})

const approval = z.strictObject({
  environment: z.string(),
  required: z.number().int().min(1).default(1),
  'timeout-minutes': z.number().positive(),
})

/** One call of a step kind, in the words of GitHub Actions where they fit. */
const stepDefinition = z.strictObject({
  id: key.optional(),
  name: z.string().optional(),
  uses: z.string().describe('The kind of step.'),
  if: z.string().optional().describe('Runs only when this expression is true.'),
  with: z
    .record(z.string(), z.union([scalar, z.array(scalar)]))
    .default({})
    .describe('What the step gets: values, or expressions in ${{ }}.'),
  'timeout-minutes': z.number().positive().optional(),
  retry: retry.optional(),
  /** S0-38 */
  alternatives: z
    .array(z.string())
    .default([])
    .describe('Step kinds to try in order when this one fails.'),
  compensation: z.string().optional().describe('The step kind that undoes this one.'),
})
export type StepDefinition = z.infer<typeof stepDefinition>

/** What `${{ steps.x }}` calls a step of a phase: its id, else its place counted from 1. */
export function stepIdOf({ id }: Pick<StepDefinition, 'id'>, index: number): string {
  return id ?? `step-${index + 1}`
}

export const phaseDefinition = z.strictObject({
  name: z.string().optional(),
  needs: z.array(key).default([]).describe('The phases that must have succeeded before it.'),
  if: z.string().optional().describe('Runs only when this expression is true.'),
  'estimate-minutes': z
    .number()
    .positive()
    .optional()
    .describe('How long it usually takes; the longest way must fit the deadline of the goal.'),
  'timeout-minutes': z.number().positive().optional(),
  'on-failure': z.enum(['fail', 'continue', 'rollback', 'escalate']).default('fail'),
  approval: approval.optional(),
  /** Phases run side by side only when they cannot disturb each other (K38). */
  reads: z.array(z.string()).default([]).describe('Globs of the files it reads.'),
  writes: z.array(z.string()).default([]).describe('Globs of the files it writes.'),
  outputs: z
    .record(z.string(), z.string())
    .default({})
    .describe('What later phases and the goal see of it, as expressions in ${{ }}.'),
  steps: z.array(stepDefinition).min(1),
})
export type PhaseDefinition = z.infer<typeof phaseDefinition>

/** A criterion is met when its expression is true over the outputs of the phases (I6). */
const criterion = z.strictObject({
  text: z.string(),
  met: z.string().describe('An expression over needs.*.outputs.'),
  required: z.boolean().default(true),
  weight: z.number().positive().default(1),
})

const goal = z.strictObject({
  objective: z.string(),
  criteria: z.array(criterion).min(1),
  constraints: z.array(z.string()).default([]),
  'deadline-minutes': z
    .number()
    .positive()
    .optional()
    .describe('Counts what the run does, not what it waits for people.'),
})

/** A workflow file: the what, as data. */
export const workflow = z.strictObject({
  name: key,
  on: z.array(z.string()).min(1).describe('The events that start a run.'),
  goal,
  jobs: z.record(key, phaseDefinition).describe('The phases.'),
  again: z
    .string()
    .optional()
    .describe('The event of the run that goes on with the same task, or null, as an expression.'),
})
export type Workflow = z.infer<typeof workflow>
