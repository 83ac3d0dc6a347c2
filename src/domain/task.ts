import { z } from 'zod'

import { severity } from './severity.ts'
import { workKind } from './work-kind.ts'

/** S2-02, S2-03: what is to be done about one failure, with its weight. */
const task = z.strictObject({
  id: z.string(),
  kind: workKind,
  title: z.string(),
  priority: z.number().int().min(1).max(10),
  severity,
  filePaths: z.array(z.string()),
})
export type Task = z.infer<typeof task>
