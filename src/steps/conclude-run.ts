import { z } from 'zod'

import { failureReason, json, type Outcome } from '#domain/outcome.ts'
import { patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import { redBase } from '#domain/red-base.ts'
import type { FixReport } from '#domain/report.ts'
import { runIdAfter } from '#domain/run.ts'
import { commentMarker } from '#messages/hosted-notes.ts'
import { hostedReport, type HostedWords, withEarlier } from '#messages/hosted-report.ts'
import { goingOnWords } from '#messages/rounds.ts'
import { repairEnd } from '#policy/repair-end.ts'
import type { Coder } from '#ports/coder.ts'
import type { CheckRuns, Comments, PullRequests } from '#ports/hosting.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { verdictOfChecks } from './await-checks.ts'
import { hostedOf, reportsSoFar, type ReportStore, shownAs } from './hosted-run.ts'
import { leaveBranch, type LeavingBranchPorts } from './leave-branch.ts'
import { leaveProposal, type LeavingPorts } from './leave-proposal.ts'
import { suggestFix, type SuggestingPorts } from './suggest-fix.ts'

interface Ports extends LeavingPorts {
  readonly checkRuns: Pick<CheckRuns, 'show'>
  readonly comments: Pick<Comments, 'show'>
  readonly pullRequests: SuggestingPorts['pullRequests'] &
    LeavingBranchPorts['pullRequests'] &
    Pick<PullRequests, 'atHead' | 'advance'>
  readonly store: ReportStore
  readonly repositories: Pick<Repositories, 'diff' | 'read' | 'release'>
  readonly repairs: Pick<Repairs, 'end' | 'passOn'>
  readonly coder: Coder | null
}

const input = z.strictObject({
  /** Why a phase before it failed; null where none did. */
  reason: failureReason.nullable(),
  detail: z.string().nullable(),
  number: z.number().int().nullable(),
  url: z.string().nullable(),
  place: place.nullable(),
  patch: patch.nullable(),
  /** What the checks of the proposal said; null where nobody came to look. */
  verdict: verdictOfChecks.nullable(),
  failed: z.array(z.string()).nullable(),
  /** What is red on it because its base is. */
  base: redBase.nullable().default(null),
  /** The event of the round that goes on with it, or null. */
  next: json.nullable(),
})
type Input = z.infer<typeof input>

/** Says what came of it, where it was announced: on the check run and in the comment. */
export function concludeRun(ports: Ports): StepKind<Input> {
  return {
    name: 'conclude-run',
    input,
    outputs: ['conclusion'],
    sideEffect: 'external',
    async run(input, context) {
      const outcome = await conclude(ports, input, context)
      await ports.repositories.release(context.runId)
      return outcome
    },
  }
}

async function conclude(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const proposed = proposedIn(input, context)
  const { next, failed } = input
  if (next !== null && proposed !== null) {
    const round = hostedOf(context).round?.number ?? 1
    const words = goingOnWords(round, proposed.number, failed ?? [])
    await tell(ports, context, { ...words, conclusion: null })
    await ports.repairs.passOn(context.event.taskId, runIdAfter(context.runId))
    return { kind: 'done', outputs: { conclusion: null } }
  }
  const { reason, detail, verdict } = input
  const reports = await reportsSoFar(ports.store, context, { reason, detail })
  const words = await wordsOf(ports, { input, proposed, reports }, context)
  if (proposed === null) await leaveBranch(ports, context)
  else await leaveProposal(ports, { proposed, reports, verdict }, context)
  await tell(ports, context, words)
  const isRepaired = reports.some(({ repairs }) => repairs.length > 0)
  await ports.repairs.end(context.event.taskId, repairEnd({ reason, isRepaired, verdict }))
  return { kind: 'done', outputs: { conclusion: words.conclusion } }
}

interface Proposed {
  readonly number: number
  readonly url: string
}

/** A later round that did not come to publish anything has the proposal of the rounds before it. */
function proposedIn({ number, url }: Input, context: StepContext): Proposed | null {
  if (number !== null && url !== null) return { number, url }
  return hostedOf(context).round?.proposal ?? null
}

interface Concluded {
  readonly input: Input
  readonly proposed: Proposed | null
  readonly reports: readonly [...FixReport[], FixReport]
}

async function wordsOf(
  ports: Ports,
  { input, proposed, reports }: Concluded,
  context: StepContext,
): Promise<HostedWords> {
  const [last, ...earlier] = reports.toReversed()
  if (last === undefined) throw new Error('A run that ends has a report.')
  const { verdict, base } = input
  const toFork = await givenToFork(ports, input, context)
  const isUnread = isUnreadIssue(ports, context)
  const words = hostedReport(last, { pullRequest: proposed, ...toFork, verdict, base, isUnread })
  return withEarlier(words, earlier.toReversed())
}

/** With a model an issue about a branch that is not red has a run of another kind, which reads it. */
function isUnreadIssue({ coder }: Ports, context: StepContext): boolean {
  const { asked, pullRequest } = hostedOf(context)
  return coder === null && asked !== null && pullRequest === null
}

async function tell(
  ports: Ports,
  context: StepContext,
  words: Omit<HostedWords, 'conclusion'> & {
    readonly conclusion: HostedWords['conclusion'] | null
  },
): Promise<void> {
  const { repository, asked, pullRequest } = hostedOf(context)
  await ports.checkRuns.show(repository, { ...shownAs(context), ...words })
  const issue = pullRequest ?? asked?.issue ?? (await openedSince(ports, context))
  if (issue === null) return
  const body = `${commentMarker}\n${words.summary}`
  await ports.comments.show(repository, { issue, marker: commentMarker, body })
}

/** Nothing is pushed to a fork: the fix is suggested there and shown. One that may not be published is not shown either. */
async function givenToFork(
  ports: Ports,
  { place, patch, reason }: Input,
  context: StepContext,
): Promise<{ readonly diff: string | null; readonly suggestions: number }> {
  const isFix = reason === null && place !== null && patch !== null && patch.length > 0
  if (!hostedOf(context).isFork || !isFix) return { diff: null, suggestions: 0 }
  const suggestions = await suggestFix(ports, { place, patch }, context)
  return { diff: await ports.repositories.diff(place.mirror, place.headSha, patch), suggestions }
}

/** A branch is often pushed, and red, before its pull request is opened: whoever opened it wants to be told too. */
async function openedSince({ pullRequests }: Ports, context: StepContext): Promise<number | null> {
  const { repository, headSha } = hostedOf(context)
  return (await pullRequests.atHead(repository, headSha))?.number ?? null
}
