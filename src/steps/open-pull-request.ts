import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { forkNote, pullRequestNote } from '#messages/hosted-notes.ts'
import {
  needsHuman,
  pullRequestBody,
  pullRequestLabels,
  pullRequestTitle,
} from '#messages/pull-request.ts'
import type { NewPullRequest } from '#ports/hosting.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf, isAboutBug, reportsSoFar, type ReportStore } from './hosted-run.ts'
import { type FactStore, record } from './record.ts'

interface Ports {
  readonly pullRequests: Pick<Publishing['pullRequests'], 'open' | 'advance' | 'supersede'>
  readonly proposals: Pick<Proposals, 'save' | 'giveUp' | 'numbered'>
  readonly store: ReportStore & FactStore
}

const input = z.strictObject({
  branch: z.string(),
  /** The last commit of the branch; null where nothing was to be committed. */
  head: z.string().nullable(),
  /** False where the branch may not leave us: a dry run, shadow mode. */
  delivered: z.boolean(),
  title: z.string(),
  /** The failure it is for, and the numbers of those it takes the place of. */
  failure: z.string(),
  supersedes: z.array(z.number().int()),
})
type Input = z.infer<typeof input>

/** Proposes the branch as a draft against the branch that is red; never against another, and never merges. */
export function openPullRequest(ports: Ports): StepKind<Input> {
  return {
    name: 'open-pull-request',
    input,
    outputs: ['number', 'url', 'headSha', 'needsHuman'],
    sideEffect: 'external',
    run: (input, context) => propose(ports, input, context),
  }
}

const nothing = { number: null, url: null, headSha: null, needsHuman: false } as const

async function propose(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { repository, branch: base, isFork } = hostedOf(context)
  const { branch, head, failure } = input
  if (isFork) context.note(forkNote)
  if (isFork || !input.delivered || head === null) return { kind: 'done', outputs: nothing }
  const because = { reason: null, detail: null }
  const reports = await reportsSoFar(ports.store, context, because)
  const body = pullRequestBody(reports, {
    ending: null,
    closes: hostedOf(context).asked?.issue ?? null,
    isBug: isAboutBug(context),
  })
  const labels = pullRequestLabels(reports)
  const proposal = await opened(ports, { ...input, body, labels }, context)
  if (proposal === null) return { kind: 'done', outputs: nothing }
  const { number, url } = proposal
  const { taskId } = context.event
  const saved = { repository: repository.id, number, branch, base, headSha: head, failure, taskId }
  await ports.proposals.save({ kind: isAboutBug(context) ? 'bug' : 'fix', ...saved })
  const older = input.supersedes.filter((one) => one !== number)
  for (const one of older) {
    const left = await ports.proposals.numbered(repository.id, one)
    await ports.proposals.giveUp(repository.id, one, 'superseded')
    await ports.pullRequests.supersede(repository, { number: one, left }, number)
  }
  const key = { runId: context.runId, key: branch }
  await record(ports.store, key, { kind: 'pull-request', number, url })
  context.note(pullRequestNote({ number, url }))
  const outputs = { number, url, headSha: head, needsHuman: reports.some(needsHuman) }
  return { kind: 'done', outputs }
}

/** A later round brings the one that is there up to date, and opens nothing. */
async function opened(
  { pullRequests }: Ports,
  { body, branch, title, labels }: Input & Pick<NewPullRequest, 'body' | 'labels'>,
  context: StepContext,
): Promise<{ readonly number: number; readonly url: string } | null> {
  const { repository, branch: base, round } = hostedOf(context)
  if (round !== null) {
    await pullRequests.advance(repository, round.proposal.number, { body, labels })
    return round.proposal
  }
  const wanted = { head: branch, base, title: pullRequestTitle(title), body, labels }
  return await pullRequests.open(repository, wanted)
}
