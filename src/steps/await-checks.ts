import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { waitingForChecksNote } from '#messages/hosted-notes.ts'
import type { CommitVerdict } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf } from './hosted-run.ts'
import { type StandingPorts, standsDown, stoodDown } from './still-wanted.ts'

const input = z.strictObject({
  /** Null where nothing was proposed. */
  number: z.number().int().nullable(),
  headSha: z.string().nullable(),
  /** How long its checks may take before a human is left to look. */
  'patience-minutes': z.number().positive().default(30),
  /** How long a commit may go without any check before it is taken to have none. */
  'silence-minutes': z.number().positive().default(2),
})
type Input = z.infer<typeof input>

/** What the checks of a proposal say. `none`: nothing was proposed, or nothing ever reported on it. */
export const verdictOfChecks = z.enum(['none', 'pending', 'green', 'red', 'merged'])

/** The topic on which a run hears that there may be news: checks that ended, somebody who pushed, a proposal closed. */
export const newsTopic = 'news'

/** Waits for the checks of the proposed commit, as long as it stands as we left it. */
export function awaitChecks(ports: StandingPorts): StepKind<Input> {
  return {
    name: 'await-checks',
    input,
    outputs: ['verdict', 'failed'],
    sideEffect: 'external',
    run: (input, context) => judge(ports, input, context),
  }
}

async function judge(ports: StandingPorts, input: Input, context: StepContext): Promise<Outcome> {
  const { number, headSha } = input
  if (number === null || headSha === null) return ended('none', [])
  const { repository } = hostedOf(context)
  if ((await ports.pullRequests.look(repository, number)).state === 'merged')
    return ended('merged', [])
  const because = await standsDown(ports, context, { number, headSha })
  if (because !== null) return stoodDown(because)
  const verdict = await ports.checkRuns.verdict(repository, headSha)
  const timeoutMs = patienceMs(verdict, input)
  // What ended the wait says nothing by itself: GitHub is asked, and its answer counts. Null: the time was up.
  if (timeoutMs !== null && context.message !== null) {
    context.note(waitingForChecksNote(0))
    return { kind: 'wait', topic: newsTopic, timeoutMs, resumes: true }
  }
  if (verdict.kind === 'red') context.note(waitingForChecksNote(verdict.failed.length))
  return ended(verdict.kind, verdict.kind === 'red' ? verdict.failed : [])
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

function ended(verdict: z.infer<typeof verdictOfChecks>, failed: readonly string[]): Outcome {
  return { kind: 'done', outputs: { verdict, failed: [...failed] } }
}
