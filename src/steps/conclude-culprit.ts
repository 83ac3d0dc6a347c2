import { z } from 'zod'

import { revertState } from '#domain/culprit.ts'
import type { FixFact } from '#domain/fix-fact.ts'
import { failureReason, type Outcome } from '#domain/outcome.ts'
import {
  culpritComment,
  culpritMarker,
  culpritReport,
  type Reverting,
} from '#messages/culprit-report.ts'
import { factsOf } from '#messages/facts.ts'
import { leftAlone } from '#policy/revertible.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { CheckRuns, Comments } from '#ports/hosting.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { factsSoFar, hostedOf, reportsSoFar, type ReportStore } from './hosted-run.ts'
import { leaveBranch, type LeavingBranchPorts } from './leave-branch.ts'

interface Ports extends LeavingBranchPorts {
  readonly checkRuns: Pick<CheckRuns, 'show'>
  readonly comments: Pick<Comments, 'show'>
  readonly culprits: Pick<Culprits, 'decide'>
  readonly repairs: Pick<Repairs, 'end'>
  readonly repositories: Pick<Repositories, 'release'>
  readonly store: ReportStore
}

const input = z.strictObject({
  /** Why a phase before it failed; null where none did. */
  reason: failureReason.nullable(),
  detail: z.string().nullable(),
  /** The revert that is proposed, and the change again behind it. */
  number: z.number().int().nullable(),
  url: z.string().nullable(),
  forward: z.number().int().nullable(),
  state: revertState.nullable(),
  kept: z.string().nullable(),
  /** The pull requests that brought the culprits. */
  pulls: z.array(z.number().int()).nullable(),
})
type Input = z.infer<typeof input>

/** Says who did it and what is proposed: on the check run of the red commit, and where the change came from. */
export function concludeCulprit(ports: Ports): StepKind<Input> {
  return {
    name: 'conclude-culprit',
    input,
    outputs: [],
    sideEffect: 'external',
    async run(input, context) {
      const outcome = await conclude(ports, input, context)
      await ports.repositories.release(context.runId)
      return outcome
    },
  }
}

async function conclude(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { repository, headSha } = hostedOf(context)
  const { reason, detail, forward, state } = input
  await putOnRecord(ports, input, context)
  const revert = revertIn(input)
  if (revert === null) await leaveBranch(ports, context)
  const reverting: Reverting = { revert, forward, state, kept: input.kept ?? '' }
  const [report] = (await reportsSoFar(ports.store, context, { reason, detail })).toReversed()
  if (report === undefined) throw new Error('A run that ends has a report.')
  const words = culpritReport(report, reverting)
  await ports.checkRuns.show(repository, { headSha, externalId: shownBy(context), ...words })
  // Whoever wrote it wants to know; where it is nobody's pull request, the check run tells.
  const body = culpritComment(words.summary)
  for (const issue of report.culprits.length > 0 ? (input.pulls ?? []) : [])
    await ports.comments.show(repository, { issue, marker: culpritMarker, body })
  await ports.repairs.end(context.event.taskId, revert === null ? 'stood-down' : 'green')
  return { kind: 'done', outputs: {} }
}

/** Why each proved culprit was left alone; where nothing says why, the end of the run does. */
async function putOnRecord(ports: Ports, { reason }: Input, context: StepContext): Promise<void> {
  const { runId } = context
  const { id: repository } = hostedOf(context).repository
  const facts: readonly FixFact[] = await factsSoFar(ports.store, runId)
  const said = new Map(
    factsOf(facts, 'culprit-kept').map(({ kept }) => [kept.sha, kept.because] as const),
  )
  // What was proposed stays on record as proposed.
  for (const sha of new Set(factsOf(facts, 'culprit').map(({ culprit }) => culprit.commit.sha)))
    await ports.culprits.decide({
      repository,
      sha,
      runId,
      kept: said.get(sha) ?? leftAlone(reason),
    })
}

function revertIn({ number, url }: Input): Reverting['revert'] {
  return number === null || url === null ? null : { number, url }
}

/** The check run that told of the repair goes on telling. */
function shownBy({ event, runId }: StepContext): string {
  return event.kind === 'culprit-wanted' ? event.shownBy : runId
}
