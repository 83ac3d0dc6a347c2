import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { forkNote, pullRequestNote } from '#messages/hosted-notes.ts'
import { needsHuman, pullRequestWords } from '#messages/pull-request.ts'
import type { PullRequests } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf, reportSoFar, type ReportStore } from './hosted-run.ts'
import { type FactStore, record } from './record.ts'

interface Ports {
  readonly pullRequests: Pick<PullRequests, 'open' | 'supersede'>
  readonly store: ReportStore & FactStore
}

const input = z.strictObject({
  branch: z.string(),
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
    run: (input, context) => open(ports, input, context),
  }
}

const nothing = { number: null, url: null, headSha: null, needsHuman: false } as const

async function open(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { repository, branch: base, asked, isFork } = hostedOf(context)
  if (isFork) context.note(forkNote)
  if (isFork || !input.delivered) return { kind: 'done', outputs: nothing }
  const because = { reason: null, detail: null }
  const report = await reportSoFar(ports.store, context.runId, because)
  const closes = asked?.issue ?? null
  const words = pullRequestWords(report, { title: input.title, closes })
  const labels = ['auto-fix']
  const wanted = { head: input.branch, base, ...words, labels, failure: input.failure }
  const opened = await ports.pullRequests.open(repository, wanted)
  const { number, url, headSha } = opened
  for (const older of input.supersedes.filter((one) => one !== number))
    await ports.pullRequests.supersede(repository, older, number)
  const key = { runId: context.runId, key: input.branch }
  await record(ports.store, key, { kind: 'pull-request', number, url })
  context.note(pullRequestNote(opened))
  return { kind: 'done', outputs: { number, url, headSha, needsHuman: needsHuman(report) } }
}
