import type { Round } from '#domain/hosted.ts'

import { code } from './markdown.ts'

interface Words {
  readonly title: string
  readonly summary: string
}

/** S2-08, I5: said wherever a round is named. */
const most = 5

/** While a round after the first is under way. */
export function roundWords({ number, proposal, failed }: Round): Words {
  return {
    title: `Round ${number} of ${most}: repairing what the checks of #${proposal.number} found`,
    summary: `${redSentence(proposal.number, failed)} Goalkeeper reproduces that on the branch of the pull request and repairs it there; it stays a draft until its checks are green.`,
  }
}

/** Between two rounds. */
export function goingOnWords(round: number, proposal: number, failed: readonly string[]): Words {
  return {
    title: `Round ${round} of ${most} ended: #${proposal} is proposed, and its checks are red`,
    summary: `${redSentence(proposal, failed)} The next round begins.`,
  }
}

function redSentence(proposal: number, failed: readonly string[]): string {
  const names = failed.slice(0, 10).map(code).join(', ')
  const more = failed.length > 10 ? ` and ${failed.length - 10} more` : ''
  return `A fix is proposed in #${proposal}, and of its own checks these are red: ${names}${more}.`
}

export function roundHeading(round: number): string {
  return `### Round ${round}`
}

/** In a pull request that is left to a human. */
export function leftToHuman(what: string, remedy: string): string {
  return `> [!WARNING]\n> **This stays a draft and needs a human.** ${what} ${remedy}`
}

/** Marks what is said once on a pull request of ours. Nobody sees it. */
export const takenOverMarker = '<!-- goalkeeper:taken-over -->'
export const withdrawnMarker = '<!-- goalkeeper:withdrawn -->'

export const takenOverComment = `${takenOverMarker}
Somebody else pushed to this branch, so this pull request is theirs now: Goalkeeper pushes nothing here any more and leaves it as it is.`

export function withdrawnComment(base: string, sha: string): string {
  return `${withdrawnMarker}
The checks of ${code(base)} are green again at ${sha.slice(0, 12)}, so this fix has nothing left to repair. Goalkeeper closes it and takes its branch away, unless somebody works on that; restore the branch and reopen this if you want it all the same.`
}

/** Of the change again, where the revert that it stands behind is none. */
export function forwardWithdrawnComment(revert: number): string {
  return `${withdrawnMarker}
The revert in #${revert} was closed or taken back, so the change is on the branch and need not be made again. Goalkeeper closes this draft and takes its branch away, unless somebody works on that; restore the branch and reopen this if you go on with it.`
}
