import { z } from 'zod'

import { workflow } from '#domain/workflow.ts'
import type { KnownKinds } from '#engine/check-steps.ts'
import { checkWorkflow } from '#engine/check-workflow.ts'

/** Step kinds of a small world: one that makes something, one that tells, and two that change production. */
export const kinds: KnownKinds = {
  build: {
    name: 'build',
    input: z.strictObject({ target: z.enum(['web', 'app']), jobs: z.number().default(1) }),
    outputs: ['image', 'log'],
    sideEffect: 'none',
  },
  notify: { name: 'notify', input: z.strictObject({}), outputs: [], sideEffect: 'external' },
  deploy: { name: 'deploy', input: z.strictObject({}), outputs: ['url'], sideEffect: 'production' },
  sketch: { name: 'sketch', input: z.unknown(), outputs: ['image'], sideEffect: 'none' },
  undo: { name: 'undo', input: z.strictObject({}), outputs: [], sideEffect: 'production' },
}

/** A call of `build` with all it asks for. */
export const build = { id: 'build', uses: 'build', with: { target: 'web' } }
export const phase = (...steps: readonly object[]) => ({ steps })

/** A workflow that is fine but for the given phases, goal or events, and what is wrong with it: `path: problem. Remedy`. */
export function problemsOf(jobs: object, rest: { goal?: object; on?: readonly string[] } = {}) {
  const criteria = [{ text: 'x', met: 'true' }]
  const parsed = workflow.parse({
    name: 'w',
    on: rest.on ?? ['fix-requested'],
    goal: { objective: 'x', criteria, ...rest.goal },
    jobs,
  })
  return checkWorkflow(parsed, kinds).map(
    ({ path, problem, remedy }) => `${path.join('.')}: ${problem}. ${remedy}`,
  )
}
