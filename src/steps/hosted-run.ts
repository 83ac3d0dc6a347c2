import { hostedIn } from '#domain/event.ts'
import { type FixFact, fixFact } from '#domain/fix-fact.ts'
import type { Hosted } from '#domain/hosted.ts'
import type { FailureReason } from '#domain/outcome.ts'
import type { FixReport } from '#domain/report.ts'
import { fixReport } from '#messages/fix-report.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext } from '#ports/step.ts'

/** Where the run's repository is hosted. A workflow that asks for it without being started there is wrong. */
export function hostedOf({ event }: Pick<StepContext, 'event'>): Hosted {
  const hosted = hostedIn(event)
  if (hosted !== null) return hosted
  throw new Error(`The event ${event.kind} says nothing about where the repository is hosted.`)
}

/** The round that the run is, where it is one after the first. */
export function laterRoundOf({ event }: Pick<StepContext, 'event'>): Hosted['round'] {
  return hostedIn(event)?.round ?? null
}

/** Whether the task is a bug that an issue describes, in whichever round. */
export function isAboutBug({ event }: Pick<StepContext, 'event'>): boolean {
  return event.kind === 'bug-described' || hostedIn(event)?.round?.isBug === true
}

/** The check run that all rounds of a task share. */
export function shownAs(context: Pick<StepContext, 'event' | 'runId'>) {
  const { headSha, round } = hostedOf(context)
  return { headSha, externalId: round?.before[0] ?? context.runId }
}

export type ReportStore = Pick<RunStore, 'run' | 'audit'>

type Because = { readonly reason: FailureReason | null; readonly detail: string | null }

/** The report so far, from what is on record; why it failed is known before the run is over. */
async function reportSoFar(
  store: ReportStore,
  runId: string,
  because: Because,
): Promise<FixReport> {
  const run = await store.run(runId)
  if (run === null) throw new Error(`There is no record of ${runId}.`)
  return fixReport({ ...run, ...because }, await factsSoFar(store, runId))
}

/** What the run has on record, in order. */
export async function factsSoFar(
  store: Pick<RunStore, 'audit'>,
  runId: string,
): Promise<readonly FixFact[]> {
  const entries = await store.audit(runId)
  return entries
    .filter(({ type }) => type.startsWith('fix-'))
    .map(({ data }) => fixFact.parse(data))
}

/** The reports of all rounds of the task, this one last. */
export async function reportsSoFar(
  store: ReportStore,
  context: StepContext,
  because: Because,
): Promise<readonly [...FixReport[], FixReport]> {
  const earlier: FixReport[] = []
  const nothing = { reason: null, detail: null }
  for (const runId of hostedOf(context).round?.before ?? [])
    earlier.push(await reportSoFar(store, runId, nothing))
  return [...earlier, await reportSoFar(store, context.runId, because)]
}
