import { type FixFact, fixFact } from '#domain/fix-fact.ts'
import type { Hosted } from '#domain/hosted.ts'
import type { FailureReason } from '#domain/outcome.ts'
import type { FixReport } from '#domain/report.ts'
import { fixReport } from '#messages/fix-report.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext } from '#ports/step.ts'

/** Where the run's repository is hosted. A workflow that asks for it without being started there is wrong. */
export function hostedOf({ event }: StepContext): Hosted {
  if (event.kind === 'checks-failed') return event.hosted
  throw new Error(`The event ${event.kind} says nothing about where the repository is hosted.`)
}

export type ReportStore = Pick<RunStore, 'run' | 'audit'>

/** The report so far, from what is on record; why it failed is known before the run is over. */
export async function reportSoFar(
  store: ReportStore,
  runId: string,
  because: { readonly reason: FailureReason | null; readonly detail: string | null },
): Promise<FixReport> {
  const run = await store.run(runId)
  if (run === null) throw new Error(`There is no record of ${runId}.`)
  const entries = await store.audit(runId)
  const facts: FixFact[] = entries
    .filter(({ type }) => type.startsWith('fix-'))
    .map(({ data }) => fixFact.parse(data))
  return fixReport({ ...run, ...because }, facts)
}
