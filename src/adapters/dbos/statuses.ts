import type { WorkflowStatus } from '@dbos-inc/dbos-sdk'
import { z } from 'zod'

import type { RunStatus } from '#ports/engine.ts'

const input = z.tuple([z.object({ workflow: z.object({ name: z.string() }) })])
const output = z.object({ outcome: z.string() })

/** `parked`: runs the engine has set aside, which are unfinished all the same. */
export function statusOf(of: WorkflowStatus, parked: ReadonlySet<string>): RunStatus {
  const parsed = input.safeParse(of.input)
  return {
    id: of.workflowID,
    workflow: parsed.success ? parsed.data[0].workflow.name : '',
    status: parked.has(of.workflowID) ? 'pending' : wordFor(of),
  }
}

function wordFor({ status, output: result }: WorkflowStatus): RunStatus['status'] {
  if (status === 'CANCELLED') return 'cancelled'
  if (status === 'SUCCESS') {
    const parsed = output.safeParse(result)
    const succeeded = parsed.success && parsed.data.outcome.startsWith('success')
    return succeeded ? 'succeeded' : 'failed'
  }
  return status === 'ERROR' || status === 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' ? 'failed' : 'pending'
}
