import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { waitingForChecksNote } from '#messages/hosted-notes.ts'
import type { CheckRuns, CommitVerdict, PullRequests } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf } from './hosted-run.ts'

interface Ports {
  readonly checkRuns: Pick<CheckRuns, 'verdict'>
  readonly pullRequests: Pick<PullRequests, 'markReady'>
}

const input = z.strictObject({
  /** Null where nothing was proposed. */
  number: z.number().int().nullable(),
  headSha: z.string().nullable(),
  needsHuman: z.boolean(),
  /** How long its checks may take before a human is left to look. */
  'patience-minutes': z.number().positive().default(30),
  /** How long a commit may go without any check before it is taken to have none. */
  'silence-minutes': z.number().positive().default(2),
})
type Input = z.infer<typeof input>

/** The topic on which a run hears that the checks of a commit have ended. */
export function checksTopic(sha: string): string {
  return `checks/${sha}`
}

/** Waits for the checks of the proposed commit; ready for review when they are green and nobody has to decide first. */
export function awaitChecks(ports: Ports): StepKind<Input> {
  return {
    name: 'await-checks',
    input,
    outputs: ['verdict', 'failed'],
    sideEffect: 'external',
    run: (input, context) => judge(ports, input, context),
  }
}

async function judge(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { number, headSha } = input
  if (number === null || headSha === null) return ended({ kind: 'none' })
  const { repository } = hostedOf(context)
  const verdict = await ports.checkRuns.verdict(repository, headSha)
  const timeoutMs = patienceMs(verdict, input)
  // What ended the wait says nothing by itself: GitHub is asked, and its answer counts. Null: the time was up.
  if (timeoutMs !== null && context.message !== null) {
    context.note(waitingForChecksNote(0))
    return { kind: 'wait', topic: checksTopic(headSha), timeoutMs, resumes: true }
  }
  if (verdict.kind === 'red') context.note(waitingForChecksNote(verdict.failed.length))
  const isGood = verdict.kind === 'green' || verdict.kind === 'none'
  if (isGood && !input.needsHuman) await ports.pullRequests.markReady(repository, number)
  return ended(verdict)
}

/** How long to wait for more; null when the verdict is final. */
function patienceMs({ kind }: CommitVerdict, input: Input): number | null {
  switch (kind) {
    case 'none':
      return input['silence-minutes'] * 60_000
    case 'pending':
      return input['patience-minutes'] * 60_000
    case 'green':
    case 'red':
      return null
  }
}

function ended(verdict: CommitVerdict): Outcome {
  const failed = verdict.kind === 'red' ? [...verdict.failed] : []
  return { kind: 'done', outputs: { verdict: verdict.kind, failed } }
}
