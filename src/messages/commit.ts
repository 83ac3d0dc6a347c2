import type { Evidence } from '#domain/evidence.ts'
import type { Severity } from '#domain/severity.ts'

import { measured } from './measurement.ts'
import { harmless, shortened, wrapped } from './plain-text.ts'

/** What a commit says (S2-13). All texts are treated as untrusted. */
export interface CommitFacts {
  readonly title: string
  readonly issue: string
  readonly rootCause: string
  readonly fix: string
  readonly impact: readonly string[]
  /** Each proof: the same command before the fix, when it was run then, and after. */
  readonly testing: readonly { readonly before: Evidence | null; readonly after: Evidence }[]
  readonly taskId: string
  readonly runId: string
  readonly severity: Severity
  /** The commit that this one takes back; null where it is a repair. */
  readonly reverts: string | null
}

const WIDTH = 72

/** The message of S2-13 with real git trailers at its end (K47); `Testing` comes from evidence alone (K24). */
export function commitMessage(facts: CommitFacts): string {
  const body = [
    paragraph('Issue', facts.issue),
    paragraph('Root Cause', facts.rootCause),
    paragraph('Fix', facts.fix),
    paragraph('Impact', impact(facts.impact)),
    paragraph('Testing', testing(facts.testing)),
  ]
  // In git's own words and on a line of its own: that is how everybody recognises a revert.
  const reverted =
    facts.reverts === null ? [] : [`This reverts commit ${token(facts.reverts)}.`, '']
  const trailers = [
    `Task-Id: ${token(facts.taskId)}`,
    `Run-Id: ${token(facts.runId)}`,
    `Severity: ${facts.severity}`,
  ]
  return [subject(facts), '', ...reverted, ...body, '', ...trailers, ''].join('\n')
}

function subject({ title, reverts }: CommitFacts): string {
  const text = harmless(title)
    .replace(/^fix:\s*/i, '')
    .replace(/\.$/, '')
  // A revert is called as git calls it.
  if (reverts !== null) return shortened(text, WIDTH)
  return shortened(`fix: ${text === '' ? 'repair a red check' : text}`, WIDTH)
}

function paragraph(label: string, text: string): string {
  const said = harmless(text)
  return wrapped(`${label}: ${said === '' ? 'not known' : said}`, WIDTH)
}

const MOST_FILES = 10

function impact(files: readonly string[]): string {
  const named = files.slice(0, MOST_FILES).join(', ')
  const more = files.length - MOST_FILES
  return more > 0 ? `${named} and ${more} more` : named
}

function testing(proofs: CommitFacts['testing']): string {
  if (proofs.length === 0) return 'nothing was recorded'
  return proofs.map(({ before, after }) => measured(before, after)).join('; ')
}

/** An id must never start a new line. */
function token(text: string): string {
  return text.replaceAll(/[^\w-]/g, '')
}
