import type { Acquittal, Culprit, Keeping } from '#domain/culprit.ts'
import { type Evidence, isGreen } from '#domain/evidence.ts'

import { oneLine } from './plain-text.ts'

export function lookNote(check: string, sha: string, evidence: Evidence): string {
  return `${check} is ${isGreen(evidence) ? 'green' : 'red'} on ${short(sha)}`
}

export function culpritNote({ check, commit, redRuns, greenRuns, parent }: Culprit): string {
  return `${short(commit.sha)} "${oneLine(commit.subject)}" turned ${check} red: red on it ${times(redRuns)}, green on ${short(parent)} before it ${times(greenRuns)}`
}

/** Who it was, for the report: the commit, what it broke, and what proves it. */
export function culpritLines({
  check,
  commit,
  parent,
  findings,
  redRuns,
  greenRuns,
}: Culprit): readonly string[] {
  const first = findings[0]
  const where = first?.file ? `${first.file}${first.line === null ? '' : `:${first.line}`} ` : ''
  const more = findings.length > 1 ? ` and ${findings.length - 1} more` : ''
  return [
    `  ${short(commit.sha)} ${oneLine(commit.subject)} (${oneLine(commit.author)}, ${commit.at.slice(0, 10)})`,
    `     Turned red: ${oneLine(check)}: ${oneLine(`${where}${first?.message ?? ''}`)}${more}`,
    `     Evidence:   red on it in ${redRuns} of ${redRuns} runs, green on its parent ${short(parent)} in ${greenRuns} of ${greenRuns}`,
  ]
}

export function acquittalDetail(
  of: readonly { readonly check: string; readonly because: Acquittal }[],
): string {
  return of.map(({ check, because }) => `${check}: ${acquittals[because]}`).join('\n')
}

/** The commit that somebody named as good is none of those that are looked at. */
export function elsewhereDetail(good: string, most: number): string {
  return `${short(good)} is none of the last ${most} that landed on this branch itself; a commit of a branch that was merged is none`
}

const acquittals: Record<Acquittal, string> = {
  flaky: 'it was red once and green another time on the same commit, so no commit is to blame',
  'red-throughout': 'it was red on every commit that was looked at, as far back as the search goes',
  'good-is-red': 'it is red on the commit that was named as good, too',
  untestable: 'the commits among which the guilty one is cannot be run here',
  'too-many-runs': 'the search reached the number of runs it is allowed',
}

export function keepingDetail(
  of: readonly {
    readonly sha: string
    readonly because: Keeping
    readonly paths: readonly string[]
  }[],
): string {
  return of
    .map(({ sha, because, paths }) => {
      const where = paths.length === 0 ? '' : ` (${paths.slice(0, 5).join(', ')})`
      return `${short(sha)} is not taken back: ${keepings[because]}${where}`
    })
    .join('\n')
}

const keepings: Record<Keeping, string> = {
  'is-a-revert': 'it takes back another commit itself; which of the two is wanted is for a human',
  'already-reverted': 'a later commit took it back already',
  'opted-out': 'its message asks that nobody reverts it automatically',
  conflicts: 'later commits changed the same lines, and a conflict is not resolved by guessing',
  'not-text': 'it changed files that are no plain texts, which would not come back as they were',
  'does-not-help': 'with it taken back the failure stays',
  'too-old': 'it landed too long ago for a revert without a human (culprit.age-hours)',
  'protected-author': 'its author is one whose commits only a human takes back',
  'proposed-before': 'taking it back was proposed before, and is proposed once only',
  'too-many-today': 'enough reverts were proposed within 24 hours (culprit.reverts-a-day)',
  'needed-since': 'something that came later breaks without it',
  'fixed-forward': 'a fix arrived in time and is green',
  'branch-changed': 'the branch moved on, or is green again',
  'not-proved': 'that the branch is green without it could not be proved',
  shadow: 'nothing is proposed in shadow mode',
}

/** The words of the commit that takes another one back. */
export function revertWords({ check, commit, parent, redRuns, greenRuns }: Culprit): {
  readonly description: string
  readonly rootCause: string
} {
  return {
    description: `Revert "${oneLine(commit.subject)}"`,
    rootCause: `${short(commit.sha)} by ${oneLine(commit.author)} turned ${check} red: red on it in ${redRuns} of ${redRuns} runs, green on its parent ${short(parent)} in ${greenRuns} of ${greenRuns}`,
  }
}

export function revertTitle(of: readonly Culprit[]): string {
  const [first, ...others] = of
  if (first === undefined || others.length > 0) return `revert ${of.length} commits`
  return `revert ${oneLine(first.commit.subject)}`
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function short(sha: string): string {
  return sha.slice(0, 12)
}
