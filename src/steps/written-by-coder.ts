import type { Reached } from '#domain/budget.ts'
import type { Trial } from '#domain/failure.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { ModelLimits } from '#domain/repository-configuration.ts'
import {
  coderEndings,
  exhaustedSentence,
  rationaleSentence,
  writtenSentence,
} from '#messages/coder.ts'
import { declinedSentence } from '#messages/complexity.ts'
import { complexityOf } from '#policy/complexity.ts'
import { cleaned } from '#policy/untrusted-text.ts'
import type { Candidate, FixRequest } from '#ports/fixer.ts'

import type { Asked } from './ask-coder.ts'

/** What the last rung of the ladder made of it. */
export type Written =
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  /** It is too much to be judged by what is measured. */
  | { readonly kind: 'declined'; readonly trial: Omit<Trial, 'check'> }
  /** `again`: another attempt may bring more. */
  | { readonly kind: 'nothing'; readonly trial: Omit<Trial, 'check'>; readonly again: boolean }
  | ({ readonly kind: 'spent' } & Spent)

/** That a budget let nobody go on. */
export interface Spent {
  readonly sentence: string
  /** A day comes back, a task does not. */
  readonly scope: Reached['scope']
}

/** What was tried before in this climb, and what it wrote of that was kept, on top of where the climb began. */
export interface Earlier {
  readonly trials: readonly Trial[]
  readonly start: Patch
  readonly wrote: Patch
}

interface Author extends Omit<Earlier, 'trials'> {
  readonly id: string
  readonly most: ModelLimits
}

/** What an answer comes to: something to be measured, nothing, or that nobody may go on. */
export function writtenBy(author: Author, request: FixRequest, asked: Asked): Written {
  const { id } = author
  switch (asked.kind) {
    case 'edits':
      return edited(author, request, asked)
    case 'exhausted':
      return { kind: 'spent', ...spentBy(asked.reached) }
    case 'ended': {
      const { because, detail } = asked
      if (because === 'budget-spent') return { kind: 'spent', ...spentInAttempt }
      const trial = {
        strategy: `coder/${id}`,
        description: `${id} proposed nothing`,
        verdict: [coderEndings[because], detail].join(' ').trim(),
      }
      return { kind: 'nothing', trial, again: worthAnother.has(because) }
    }
  }
}

export function spentBy(reached: Reached): Spent {
  return { sentence: exhaustedSentence(reached), scope: reached.scope }
}

/** What was set aside for the attempt is used, and nothing says that more comes back another day. */
export const spentInAttempt: Spent = { sentence: coderEndings['budget-spent'], scope: 'task' }

const worthAnother: ReadonlySet<string> = new Set(['no-answer', 'nonsense', 'out-of-scope'])

/** All that it changed is weighed together: three small edits may be one that is not. */
function edited(
  { id, most, start, wrote }: Author,
  { workspace, patch: on, findings }: FixRequest,
  { patch, rationale }: Extract<Asked, { kind: 'edits' }>,
): Written {
  const change = combine(wrote, patch).map(({ path, content }) => ({
    path,
    before: workspace.read(path, start),
    after: content,
  }))
  const strategy = `coder/${id}`
  const paths = patch.map(({ path }) => path)
  const description = writtenSentence(id, paths)
  const files = workspace.files(on)
  const { decision, reasons } = complexityOf({ change, findings, files }, most)
  if (decision === 'decline') {
    const verdict = declinedSentence(reasons)
    return { kind: 'declined', trial: { strategy, description, verdict } }
  }
  const rootCause = rationaleSentence(id, cleaned(rationale))
  const risk = decision === 'fix' ? 'safe' : 'review'
  return {
    kind: 'candidate',
    candidate: { strategy, description, rootCause, patch, risk, complex: reasons },
  }
}
