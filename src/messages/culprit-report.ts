import type { CheckConclusion } from '#domain/check-run.ts'
import type { Culprit, RevertState } from '#domain/culprit.ts'
import type { ProofEntry } from '#domain/failure.ts'
import type { FixReport } from '#domain/report.ts'

import { duration } from './duration.ts'
import { code, plain, withinLimit } from './markdown.ts'
import { harmless, oneLine, shortened } from './plain-text.ts'
import { explanations } from './refusal.ts'

export function waitingForFixNote(ms: number): string {
  return `a fix may still come: a revert is proposed in ${duration(ms)} at the latest`
}

export function fixForwardNote(number: number): string {
  return `#${number} repairs it and is green: nothing is taken back`
}

/** What came of the question who did it, beyond what the report says. */
export interface Reverting {
  readonly revert: { readonly number: number; readonly url: string } | null
  readonly forward: number | null
  /** Null where its checks were not waited for to the end. */
  readonly state: RevertState | null
  /** What had to stay, a line each. */
  readonly kept: string
}

/** The check run on the red commit, once it is known who did it, or that nobody can be blamed. */
export function culpritReport(
  report: FixReport,
  of: Reverting,
): { readonly title: string; readonly summary: string; readonly conclusion: CheckConclusion } {
  const blocks = [
    of.revert === null ? '' : proposed(of.revert.number, of),
    blamed(report.culprits),
    why(report, of.kept),
    `<sub>Run ${report.run}</sub>`,
  ]
  return {
    title: shortened(titleOf(report, of), 250),
    summary: withinLimit(blocks.filter((text) => text !== '').join('\n\n')),
    // The branch is still red: what is proposed has to be merged by somebody.
    conclusion: 'neutral',
  }
}

function titleOf({ culprits, reason }: FixReport, { revert }: Reverting): string {
  const [first, ...others] = culprits
  if (first === undefined) return reason === null ? 'Nothing is red' : explanations[reason].what
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  const who = `${short(first.commit.sha)} "${oneLine(first.commit.subject)}"${more} turned it red`
  return revert === null ? who : `${who}: #${revert.number} takes it back`
}

const states: Record<RevertState, string> = {
  ready: 'It is ready to be merged.',
  merged: 'It is merged already.',
  red: 'Its checks are red, so it stays a draft.',
  pending: 'Its checks did not end in time, so it stays a draft.',
  'for-human': 'It touches what a human has to decide, so it stays a draft.',
  'too-many-ready':
    'It stays a draft: enough reverts were made ready within 24 hours (culprit.ready-a-day).',
}

function proposed(number: number, { forward, state }: Reverting): string {
  const said = state === null ? 'It stays a draft.' : states[state]
  const behind =
    forward === null
      ? ''
      : ` #${forward} brings the change again, as a draft on top of it, with room for a fix.`
  return `**A revert is proposed in #${number}**, proved before it was pushed. ${said}${behind} Goalkeeper merges neither.`
}

/** Each culprit with what proves it. */
function blamed(culprits: readonly Culprit[]): string {
  return culprits
    .map(
      ({ check, commit, parent, findings, redRuns, greenRuns }) =>
        `- ${code(short(commit.sha))} ${plain(oneLine(commit.subject))} by ${plain(oneLine(commit.author))} turned ${code(check)} red: red on it in ${redRuns} of ${redRuns} runs, green on its parent ${code(short(parent))} in ${greenRuns} of ${greenRuns}. ${plain(oneLine(findings[0]?.message ?? ''))}`,
    )
    .join('\n')
}

function why({ reason, detail }: FixReport, kept: string): string {
  const lines = [kept, detail]
    .join('\n')
    .split('\n')
    .filter((text) => text.trim() !== '')
  const listed = [...new Set(lines)].slice(0, 20).map((text) => `- ${plain(text)}`)
  if (reason === null) return listed.join('\n')
  const { what, remedy } = explanations[reason]
  return [`**Why:** ${what}`, ...listed, `**What you can do:** ${remedy}`].join('\n')
}

/** The body of the pull request that takes culprits back. */
export function revertBody(culprits: readonly Culprit[], measured: string): string {
  return withinLimit(
    [
      'Goalkeeper found this branch red, no fix arrived in time, and it is proved who did it. This takes back exactly that, and was proved on the same commands.',
      blamed(culprits),
      measured,
      'It is wrong? Close it: taking this commit back is not proposed again. To keep commits from this, write `Auto-Revert: no` in the message or put the label `no-auto-revert` on the pull request.',
    ].join('\n\n'),
  )
}

export function revertPullTitle(title: string): string {
  return shortened(harmless(title), 120)
}

export function forwardTitle(title: string): string {
  return shortened(`Again: ${harmless(title)}`, 120)
}

export function forwardBody(revert: number): string {
  return `The change that #${revert} takes back, again, for whoever repairs it: push the fix to this branch. It stands on top of #${revert}; once that is merged, GitHub shows this against the branch it was merged to. It stays a draft and is red until it is repaired.`
}

function short(sha: string): string {
  return sha.slice(0, 12)
}

/** Marks the one comment on the pull request that brought a culprit. Nobody sees it. */
export const culpritMarker = '<!-- goalkeeper:culprit -->'

export function culpritComment(summary: string): string {
  return withinLimit(`${culpritMarker}\n${summary}`)
}

/** What was measured with the culprits taken back. */
export function provedLine(proof: readonly ProofEntry[]): string {
  const said = proof.map(({ check, verdict }) => `${code(check)} ${verdict}`)
  return `**Measured with it taken back:** ${said.join(', ')}.`
}

/** The commit that brings the change again. */
export function forwardMessage(
  title: string,
  { taskId, runId }: { readonly taskId: string; readonly runId: string },
): string {
  return [
    shortened(`Again: ${harmless(title)}`, 72),
    '',
    'The change that was taken back, as it was, for whoever repairs it.',
    '',
    `Task-Id: ${taskId}`,
    `Run-Id: ${runId}`,
    '',
  ].join('\n')
}
