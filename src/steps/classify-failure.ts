import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Failure, SetAside } from '#domain/failure.ts'
import type { FailureReason } from '#domain/outcome.ts'
import { compare, difference, findingsOf } from '#policy/compare.ts'

export type Classified =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'set-aside'; readonly setAside: SetAside }

interface Red {
  readonly check: Check
  readonly evidence: Evidence
  /** The same check on the base, when there is one. */
  readonly base: Evidence | null
}

/** Is a red check ours to fix? Stopped by a limit, or red before: then it is not. */
export function classify(red: Red): Classified {
  const { check, evidence, base } = red
  if (evidence.end.kind === 'stopped')
    return aside(red, 'sandbox-limit', `stopped by the limit on ${evidence.end.by}`)
  const before = findingsOf(check.name, evidence)
  const onBase = base === null ? [] : findingsOf(check.name, base)
  const { preExisting, notRun: targets } = compare({ base: onBase, before, after: null })
  if (targets.length === 0) return redBefore(red)
  const hidden = [...difference(onBase, before)]
  const failure = { check, evidence, targets: [...targets], preExisting: [...preExisting] }
  return { kind: 'failure', failure: hidden.length > 0 ? { ...failure, hidden } : failure }
}

/** A shell that knows no such program says nothing about the code, on the base as little as on the head. */
function redBefore(red: Red): Classified {
  const { end, findings, outputTail } = red.evidence
  if (end.kind === 'exited' && end.exitCode === 127)
    return aside(red, 'not-reproducible', findings[0]?.message ?? outputTail)
  return aside(red, 'all-pre-existing', 'every finding is red on the base too')
}

function aside({ check, evidence }: Red, reason: FailureReason, detail: string): Classified {
  return { kind: 'set-aside', setAside: { check: check.name, reason, detail, evidence } }
}
