import type { CiClaim, CiComparison, CiMatch } from '#domain/ci.ts'
import { type Evidence, isGreen } from '#domain/evidence.ts'
import { type Finding, fingerprint } from '#domain/finding.ts'

/** One check as it was run here. */
export interface Seen {
  readonly check: string
  readonly evidence: Evidence
}

/** Holds what CI says of a red check against what was seen here, place by place; what cannot be told is called unknown. */
export function compareWithCi(claim: CiClaim, seen: readonly Seen[]): CiComparison {
  const here = seen.filter(({ check }) => claim.checks.includes(check))
  const red = here.filter(({ evidence }) => !isGreen(evidence))
  const own = red.flatMap(({ evidence }) => evidence.findings)
  const missed = claim.findings.filter((theirs) => !own.some((ours) => isSame(theirs, ours)))
  const count = claim.findings.length - missed.length
  const match = red.length > 0 ? redMatch(claim, count) : notRed(claim, here.length)
  const { report, unreachable } = claim
  return { check: report.check, match, seen: count, missed, unreachable }
}

function redMatch({ findings }: CiClaim, seen: number): CiMatch {
  if (findings.length === 0) return 'red-too'
  if (seen === 0) return 'another'
  return seen === findings.length ? 'same' : 'partly'
}

function notRed({ checks, unreachable }: CiClaim, ran: number): CiMatch {
  if (ran > 0) return unreachable.length === 0 ? 'green-here' : 'not-run'
  return checks.length > 0 || unreachable.length > 0 ? 'not-run' : 'unknown'
}

/** The same line of the same file, or the same words about it: a tool elsewhere may be of another version. */
function isSame(theirs: Finding, ours: Finding): boolean {
  if (theirs.file !== null && theirs.file === ours.file && theirs.line === ours.line) return true
  return fingerprint({ ...theirs, tool: ours.tool }) === fingerprint(ours)
}
