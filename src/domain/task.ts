import { z } from 'zod'

import { severity } from './severity.ts'

/** The kinds of work of S2-38 that a task can be. */
const taskKind = z.enum([
  'fix_bugs',
  'performance',
  'error_handling',
  'logging',
  'ui',
  'docs',
  'refactoring',
  'dependency',
  'security',
])

/** S2-02, S2-03: what is to be done about one failure, with its weight. */
const task = z.strictObject({
  id: z.string(),
  kind: taskKind,
  title: z.string(),
  priority: z.number().int().min(1).max(10),
  severity,
  filePaths: z.array(z.string()),
})
export type Task = z.infer<typeof task>
