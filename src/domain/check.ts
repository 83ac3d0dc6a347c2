import { z } from 'zod'

import { toolId } from './finding.ts'

/** What may be done about a red check: nothing, everything but publish, a proposal, or a fix. */
export const checkMode = z.enum(['off', 'shadow', 'propose', 'apply'])
export type CheckMode = z.infer<typeof checkMode>

/** Where the command of a check was found, most trusted first. A stand-in is one that CI itself does not run. */
export const checkOrigin = z.enum([
  'command-line',
  'configuration',
  'workflow',
  'package-script',
  'stand-in',
])

/** One program call inside a check's command, as far as we understand it. */
const invocation = z.strictObject({
  tool: toolId,
  /** The program and its arguments, e.g. ["eslint", "src", "--max-warnings", "0"]. */
  argv: z.array(z.string()).min(1),
  /** The package directory it runs in, relative to the root; '.' is the root. */
  directory: z.string(),
})
export type Invocation = z.infer<typeof invocation>

/**
 * A command whose exit code is the repository's own verdict. Exit code 0 is green.
 * `before` are commands that must have run first (a build the tests need). `commandDirectory` is where the shell starts.
 */
export const check = z.strictObject({
  name: z.string(),
  command: z.string(),
  directory: z.string(),
  origin: checkOrigin,
  before: z.array(z.string()),
  invocations: z.array(invocation),
  mode: checkMode,
})
export type Check = z.infer<typeof check>
