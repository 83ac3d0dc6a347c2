import type { DiscardReason } from '#domain/verdict.ts'

/** Why one candidate was not kept. */
export function discardMessage(because: DiscardReason): string {
  return discards[because]
}

const discards: Record<DiscardReason, string> = {
  'no-targets': 'There was nothing to repair.',
  'not-run': 'The check could not be run on it, so nothing is proved.',
  'nothing-dropped': 'The failures stayed.',
  'something-new': 'It brought a failure that was not there before.',
  'no-change': 'It changes no file.',
}
