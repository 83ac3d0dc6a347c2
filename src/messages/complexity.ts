import type { ComplexReason } from '#domain/complexity.ts'

/** Why a change of a model is more than a small one. */
function complexSentence(reason: ComplexReason): string {
  switch (reason.kind) {
    case 'beyond':
      return `It changes ${reason.is} ${reason.what}, and ${reason.most} ${reason.most === 1 ? 'is' : 'are'} the most.`
    case 'untested':
      return 'No failing test asked for it, or not a test alone.'
  }
}

/** Below a repair: why a human decides about it; nothing where none has to. */
export function draftSentences(reasons: readonly ComplexReason[]): readonly string[] {
  if (reasons.length === 0) return []
  return [`A model wrote it. ${[...new Set(reasons.map(complexSentence))].join(' ')}`]
}

/** What becomes of a change that is too large: the next attempt is told, and so is the reader. */
export function declinedSentence(reasons: readonly ComplexReason[]): string {
  return `Declined as too complex: ${reasons.map(complexSentence).join(' ')}`
}
