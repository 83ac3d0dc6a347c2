import type { WaitAnswer, WaitReason } from '#domain/protection.ts'

import { gateRefusals } from './gate.ts'
import { plain } from './markdown.ts'

const all: Readonly<Record<WaitReason, string>> = {
  ...gateRefusals,
  rejected: 'Somebody rejected it.',
  tampered: 'An approval was changed by somebody else.',
  superseded: 'The pull request is at another commit by now.',
  'another-run': 'The run of the workflow is about another commit than this deploy.',
  'no-pull-request': 'This commit is of no pull request, so nobody can have approved it.',
  'too-long': 'Nobody approved it for so long that GitHub would have given up.',
  ungated:
    '`.github/goalkeeper.yml` of the default branch has no such environment below `environments`.',
  'used-before': 'Its approval let another run through already: approve it again.',
  'needs-approval': 'It needs approval.',
}

/** What GitHub shows at the waiting job; it takes 1024 characters. */
export function waitWords(answer: WaitAnswer, pull: number | null): string {
  const where = pull === null ? '' : ` See #${pull}; \`/approve-deploy\` there opens the gate.`
  if (answer.state !== 'approved') return `${reasonWords(answer.because)}${where}`.slice(0, 1024)
  const by = answer.by.map(plain).join(', ')
  return (by === '' ? 'No gate.' : `Approved by ${by}, #${pull}.`).slice(0, 1024)
}

function reasonWords(because: WaitReason): string {
  return all[because]
}

/** For the record of a delivery. */
export function waitNote(answer: WaitAnswer): string {
  return answer.state === 'approved'
    ? 'A waiting job was let through.'
    : `A job ${answer.state === 'waits' ? 'waits' : 'was told no'}: ${reasonWords(answer.because)}`
}
