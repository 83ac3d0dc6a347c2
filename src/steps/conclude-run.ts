import { z } from 'zod'

import { failureReason, type Outcome } from '#domain/outcome.ts'
import { patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import { commentMarker } from '#messages/hosted-notes.ts'
import { hostedReport } from '#messages/hosted-report.ts'
import type { CheckRuns, Comments, PullRequests } from '#ports/hosting.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf, reportSoFar, type ReportStore } from './hosted-run.ts'

interface Ports {
  readonly checkRuns: Pick<CheckRuns, 'show'>
  readonly comments: Pick<Comments, 'show'>
  readonly pullRequests: Pick<PullRequests, 'atHead'>
  readonly store: ReportStore
  readonly repositories: Pick<Repositories, 'diff'>
}

const input = z.strictObject({
  /** Why a phase before it failed; null where none did. */
  reason: failureReason.nullable(),
  detail: z.string().nullable(),
  number: z.number().int().nullable(),
  url: z.string().nullable(),
  place: place.nullable(),
  patch: patch.nullable(),
})
type Input = z.infer<typeof input>

/** Says what came of it, where it was announced: on the check run and in the comment. */
export function concludeRun(ports: Ports): StepKind<Input> {
  return {
    name: 'conclude-run',
    input,
    outputs: ['conclusion'],
    sideEffect: 'external',
    run: (input, context) => conclude(ports, input, context),
  }
}

async function conclude(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { repository, headSha, asked, pullRequest } = hostedOf(context)
  const { reason, detail, number, url } = input
  const report = await reportSoFar(ports.store, context.runId, { reason, detail })
  const proposed = number === null || url === null ? null : { number, url }
  const diff = await suggestionOf(ports, input, context)
  const words = hostedReport(report, { pullRequest: proposed, diff })
  await ports.checkRuns.show(repository, { headSha, externalId: context.runId, ...words })
  const issue = pullRequest ?? asked?.issue ?? (await openedSince(ports, context))
  if (issue !== null) {
    const body = `${commentMarker}\n${words.summary}`
    await ports.comments.show(repository, { issue, marker: commentMarker, body })
  }
  return { kind: 'done', outputs: { conclusion: words.conclusion } }
}

/** Our token is not taken to where a fork's code could use it: there the fix is shown, not pushed. */
async function suggestionOf(
  { repositories }: Ports,
  { place, patch }: Input,
  context: StepContext,
): Promise<string | null> {
  const { isFork } = hostedOf(context)
  if (!isFork || place === null || patch === null || patch.length === 0) return null
  return await repositories.diff(place.mirror, place.headSha, patch)
}

/** A branch is often pushed, and red, before its pull request is opened: whoever opened it wants to be told too. */
async function openedSince({ pullRequests }: Ports, context: StepContext): Promise<number | null> {
  const { repository, headSha } = hostedOf(context)
  return (await pullRequests.atHead(repository, headSha))?.number ?? null
}
