import type { Counts, WatchVerdict } from '#domain/watch.ts'

import { rateWords, whyWords } from './deploy.ts'
import { code } from './markdown.ts'

export function restoredMarker(runId: string): string {
  return `<!-- goalkeeper:restored:${runId} -->`
}

/** What became of errors since the version before is live again (S2-32). */
export function restoredWords(
  environment: string,
  verdict: WatchVerdict,
  { before, after }: { readonly before: Counts | null; readonly after: Counts | null },
): string {
  const counted = `${rateWords(before)} before the deploy, ${rateWords(after)} since it was taken back`
  switch (verdict.kind) {
    case 'pass':
      return `✅ Errors in ${code(environment)} are what they were: ${counted}.`
    case 'fail':
      return `🚨 Errors in ${code(environment)} are NOT what they were, though the version before is live again: ${whyWords(verdict.because)} (${counted}). Look at once; nothing more is done by itself.`
    case 'inconclusive':
      return `⚠️ Nobody can tell whether errors in ${code(environment)} are what they were: ${whyWords(verdict.because)} (${counted}).`
    default:
      return verdict satisfies never
  }
}
