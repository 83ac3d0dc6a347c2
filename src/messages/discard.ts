import type { Finding } from '#domain/finding.ts'
import type { DiscardReason } from '#domain/verdict.ts'

import { leftDetail } from './fix-notes.ts'

/** Why one candidate was not kept; of what it broke, the first. */
export function discardMessage(because: DiscardReason, findings: readonly Finding[]): string {
  if (because !== 'something-new' || findings.length === 0) return discards[because]
  return `It brought a failure that was not there before: ${leftDetail(findings.slice(0, 1), true)}.`
}

const discards: Record<DiscardReason, string> = {
  'no-targets': 'There was nothing to repair.',
  'not-run': 'The check could not be run on it, so nothing is proved.',
  'nothing-dropped': 'The failures stayed.',
  'something-new': 'It brought a failure that was not there before.',
  'no-change': 'It changes no file.',
}
