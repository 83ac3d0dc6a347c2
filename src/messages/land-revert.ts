import type { LandingNews } from '#domain/landing.ts'

import { plain } from './markdown.ts'

/** Marks the one comment of ours that says how a revert lands. */
export const landingMarker = '<!-- goalkeeper:landing -->'

const words: Readonly<Record<LandingNews['because'], string>> = {
  'checks-pending': 'Is merged when its checks are green; they are not over yet.',
  'checks-none': 'Is merged when its checks are green; none has reported yet.',
  'checks-red': 'Is merged when its checks are green; they are red.',
  protected: 'Waits for what the protection of the branch asks for.',
  behind:
    'Waits: the protection of the branch wants it up to date, and somebody has to bring it there.',
  conflict: 'Waits: it conflicts with what came after, and somebody has to resolve that.',
  unknown: 'Waits: GitHub does not say yet whether it can be merged.',
  refused: 'GitHub did not merge it; it is tried again.',
  'switched-off': 'Waits: Goalkeeper is switched off here.',
  paused: 'Waits: Goalkeeper is paused here.',
  merged: 'Merged, as the commit whose checks are green.',
  closed: 'Somebody closed it.',
  'head-moved': 'Somebody pushed to it, so it is theirs to merge.',
  'given-up': 'Waited for half a day; it is left to people.',
}

export function landingComment({ because, detail }: LandingNews): string {
  return `${landingMarker}\n${landingLine({ because, detail })}`
}

/** A line below the step. */
export function landingLine({ because, detail }: LandingNews): string {
  return detail === null ? words[because] : `${words[because]} ${plain(detail)}`
}
