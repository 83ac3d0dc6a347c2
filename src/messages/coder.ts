import type { Reached } from '#domain/budget.ts'
import type { CoderEnd } from '#domain/coder.ts'
import type { Finding } from '#domain/finding.ts'

import { reachedWords } from './cost.ts'
import { oneLine, shortened } from './plain-text.ts'

/** Why a coder brought no edits. */
export const coderEndings: Record<CoderEnd, string> = {
  'no-answer': 'It used up its calls without an answer.',
  nonsense: 'Its answer was no edit that can be applied.',
  'budget-spent': 'The budget ended before the work did.',
  'out-of-scope': 'It wanted to write only where it may not.',
  timeout: 'It took too long.',
  refused: 'The endpoint or the model refused to work on it.',
  unreachable: 'The endpoint could not be reached.',
  'rate-limited': 'The endpoint asked to come back later.',
  cancelled: 'The run was cancelled.',
}

/** The ladder ends before the rung that costs money. */
export const noCoderNote = 'no model is set (CODER_PROVIDER), so what needs judgement was not tried'

export const strangerNote =
  'no model is asked for what a stranger proposed; somebody with the role triage may ask with /auto-fix'

export function askingNote(coder: string, attempt: number, attempts: number): string {
  return `asking ${coder}, attempt ${attempt} of ${attempts}`
}

export function exhaustedSentence(reached: Reached): string {
  return `The budget is spent: ${reachedWords(reached)}.`
}

/** The past of one attempt, in one sentence of ours. */
export function writtenSentence(coder: string, paths: readonly string[]): string {
  return `Changed ${paths.join(', ')} as ${coder} proposed`
}

/** A model's own words, marked as such: nobody proved them. */
export function rationaleSentence(coder: string, rationale: string): string {
  const said = shortened(oneLine(rationale), 400)
  return said === '' ? `${coder} did not say why` : `${coder} says: "${said.replaceAll('"', "'")}"`
}

/** The aim of a repair, in our words alone. */
export function repairObjective(check: string): string {
  return `The check "${oneLine(check)}" of this repository is red. Make it green by repairing the cause.`
}

const MOST_FINDINGS = 30

export function findingLines(findings: readonly Finding[]): string {
  return findings
    .slice(0, MOST_FINDINGS)
    .map(({ file, line, subject, message }) =>
      [`${file ?? '?'}:${line ?? '?'}`, subject ?? '', message].join(' '),
    )
    .join('\n')
}
