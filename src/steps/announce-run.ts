import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { bugStartedWords } from '#messages/bug.ts'
import { commentMarker, startedWords } from '#messages/hosted-notes.ts'
import { roundWords } from '#messages/rounds.ts'
import type { CheckRuns, Comments } from '#ports/hosting.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf, shownAs } from './hosted-run.ts'

interface Ports extends MeanwhilePorts {
  readonly comments: Comments
  readonly repositories: Pick<Repositories, 'mirrorAhead'>
}

const input = z.strictObject({})

/** Says at once that somebody is at work: eyes on the request, a check run on the commit, one comment. */
export function announceRun(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'announce-run',
    input,
    outputs: [],
    sideEffect: 'external',
    run: (_input, context) => announce(ports, context),
  }
}

async function announce(ports: Ports, context: StepContext): Promise<Outcome> {
  const { repository, asked, failed, round } = hostedOf(context)
  // It comes while people are told.
  ports.repositories.mirrorAhead(context.event.repository)
  const isBug = context.event.kind === 'bug-described'
  const first = isBug ? bugStartedWords : startedWords(failed)
  const words = round === null ? first : roundWords(round)
  if (asked !== null && round === null) await ports.comments.acknowledge(repository, asked)
  await sayMeanwhile(ports, words, context)
  return { kind: 'done', outputs: {} }
}

export interface MeanwhilePorts {
  readonly checkRuns: Pick<CheckRuns, 'show'>
  readonly comments: Pick<Comments, 'show'>
}

/** Shows how it stands while the run is not over, where its end will be shown. */
export async function sayMeanwhile(
  { checkRuns, comments }: MeanwhilePorts,
  words: { readonly title: string; readonly summary: string },
  context: StepContext,
): Promise<void> {
  const { repository, asked, pullRequest } = hostedOf(context)
  await checkRuns.show(repository, { ...shownAs(context), conclusion: null, ...words })
  const issue = pullRequest ?? asked?.issue ?? null
  if (issue !== null) {
    const body = `${commentMarker}\n${words.summary}`
    await comments.show(repository, { issue, marker: commentMarker, body })
  }
}
