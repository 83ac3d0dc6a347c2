import { z } from 'zod'

import { parseWorkflowFile } from './workflow-parser.ts'
import type { Plain } from './workflow-parser.ts'

const json: z.ZodType<Plain> = z.lazy(() =>
  z.union([scalar, z.array(json), z.record(z.string(), json)]),
)
const expression = z.strictObject({ expression: z.string() })
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null(), expression])
export type Scalar = z.infer<typeof scalar>

const variables = z.union([expression, z.record(z.string(), scalar)]).catch({})
const defaults = z
  .object({
    run: z.object({ 'working-directory': scalar.optional(), shell: scalar.optional() }).optional(),
  })
  .optional()

const step = z.object({
  name: scalar.optional(),
  run: scalar.optional(),
  uses: scalar.optional(),
  if: scalar.optional(),
  shell: scalar.optional(),
  'working-directory': scalar.optional(),
  'continue-on-error': scalar.optional(),
  env: variables.default({}),
})
export type WorkflowStep = z.infer<typeof step>

const job = z.object({
  name: scalar.optional(),
  if: scalar.optional(),
  uses: scalar.optional(),
  'runs-on': json.optional(),
  container: json.optional(),
  services: json.optional(),
  environment: json.optional(),
  'continue-on-error': scalar.optional(),
  strategy: z.object({ matrix: json.optional() }).optional(),
  env: variables.default({}),
  defaults,
  steps: z.array(step).default([]),
})
export type WorkflowJob = z.infer<typeof job>

const file = z.object({
  on: json,
  env: variables.default({}),
  defaults,
  jobs: z.record(z.string(), job),
})
export type WorkflowFile = z.infer<typeof file>

/** Reads a workflow file; null when GitHub would refuse it. */
export async function readWorkflow(name: string, content: string): Promise<WorkflowFile | null> {
  const plain = await parseWorkflowFile(name, content).catch(() => null)
  return plain === null ? null : (file.safeParse(plain).data ?? null)
}

/** Whether a workflow judges changes: it runs on pushes to branches or on pull requests. */
export function judgesChanges({ on }: WorkflowFile): boolean {
  if (typeof on === 'string') return judging.has(on)
  if (Array.isArray(on)) return on.some((each) => typeof each === 'string' && judging.has(each))
  const events = z.record(z.string(), json).safeParse(on).data ?? {}
  return Object.entries(events).some(([name, filter]) => judging.has(name) && !isElsewhere(filter))
}

const judging = new Set(['push', 'pull_request', 'merge_group'])

/** Tags only, or only when a pull request is closed or labelled. */
function isElsewhere(filter: Plain): boolean {
  const read = z
    .object({
      tags: json.optional(),
      branches: json.optional(),
      types: z.array(z.string()).optional(),
    })
    .safeParse(filter).data
  if (read === undefined) return false
  if (read.tags !== undefined && read.branches === undefined) return true
  return (
    read.types !== undefined && !read.types.some((type) => ['opened', 'synchronize'].includes(type))
  )
}
