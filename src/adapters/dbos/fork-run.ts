import { DBOS } from '@dbos-inc/dbos-sdk'

import type { RunStore } from '#ports/run-store.ts'

import type { Terms } from './roles.ts'

/** A new run with the record up to a phase; the steps of a phase are named after it, or started it. */
export async function forkRun(
  { store, terms }: { readonly store: RunStore; readonly terms: Terms },
  { id, phase, newId }: { readonly id: string; readonly phase: string; readonly newId: string },
): Promise<void> {
  const steps = (await DBOS.listWorkflowSteps(id)) ?? []
  const first = steps.find(
    ({ name, childWorkflowID }) =>
      name.startsWith(`${phase}/`) || childWorkflowID?.endsWith(`/${phase}`),
  )
  if (!first) throw new Error(`Run "${id}" never came to the phase "${phase}".`)
  const run = await store.run(id)
  if (run) {
    const begun = { state: 'running', outcome: null, reason: null, detail: null } as const
    await store.saveRun({ ...run, ...begun, id: newId, finishedAt: null })
  }
  const { ownQueue } = terms
  await DBOS.forkWorkflow(id, first.functionID, {
    newWorkflowID: newId,
    ...(ownQueue !== null && { queueName: ownQueue }),
  })
  const data = { from: id, phase }
  await store.append({ runId: newId, key: 'forked', type: 'run-forked', data })
}
