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
  if (isMissing(evidence) && base !== null && isMissing(base)) return notHere(red)
  const before = findingsOf(check.name, evidence)
  const onBase = base === null ? [] : findingsOf(check.name, base)
  const { preExisting, notRun: targets } = compare({ base: onBase, before, after: null })
  if (targets.length === 0)
    return aside(red, 'all-pre-existing', 'every finding is red on the base too')
  const hidden = [...difference(onBase, before)]
  const failure = { check, evidence, targets: [...targets], preExisting: [...preExisting] }
  return { kind: 'failure', failure: hidden.length > 0 ? { ...failure, hidden } : failure }
}

/** A shell that knows no such program says nothing about the code, whatever its tools say when they are asked themselves. */
function isMissing({ end }: Evidence): boolean {
  return end.kind === 'exited' && end.exitCode === 127
}

function notHere(red: Red): Classified {
  const { findings, outputTail } = red.evidence
  const said = findings.find(({ tool }) => tool === 'command')?.message ?? outputTail
  return aside(red, 'not-reproducible', said)
}

function aside({ check, evidence }: Red, reason: FailureReason, detail: string): Classified {
  return { kind: 'set-aside', setAside: { check: check.name, reason, detail, evidence } }
}
