import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Failure, SetAside } from '#domain/failure.ts'
import type { FailureReason } from '#domain/outcome.ts'
import type { FlakeVerdict } from '#domain/verdict.ts'
import { compare, findingsOf } from '#policy/compare.ts'
import { judgeRuns } from '#policy/flake.ts'
import { mayBeFlaky } from '#policy/rerun.ts'

export type Classified =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'set-aside'; readonly setAside: SetAside }

interface Red {
  readonly check: Check
  readonly evidence: Evidence
  /** The same check on the base, when there is one. */
  readonly base: Evidence | null
  /** Runs the check once more on the same tree, never from memory. */
  readonly rerun: () => Promise<Evidence>
  readonly reruns: number
}

/** Is a red check ours to fix? Stopped by a limit, red before, or flaky: then it is not. */
export async function classify(red: Red): Promise<Classified> {
  const { check, evidence, base } = red
  const before = findingsOf(check.name, evidence)
  const { preExisting, notRun: targets } = compare({
    base: base && findingsOf(check.name, base),
    before,
    after: null,
  })
  if (targets.length === 0)
    return aside(red, 'all-pre-existing', 'every finding is red on the base too')
  const flakiness = await flakinessOf(red)
  switch (flakiness.kind) {
    case 'flaky':
      return aside(red, 'flaky', `${flakiness.findings.length} findings came and went`)
    case 'green':
      return aside(red, 'flaky', 'it was green when run again')
    case 'infrastructure':
      return aside(red, 'sandbox-limit', flakiness.because)
    case 'broken':
    case 'rerun':
      return {
        kind: 'failure',
        failure: { check, evidence, targets: [...targets], preExisting: [...preExisting] },
      }
  }
}

/** Tests that failed on an assertion or a time-out are run again; a compiler does not change its mind. */
async function flakinessOf(red: Red): Promise<FlakeVerdict> {
  const runs = [red.evidence]
  if (!mayBeFlaky(red.evidence)) return judgeRuns(runs)
  while (runs.length <= red.reruns) {
    runs.push(await red.rerun())
    const verdict = judgeRuns(runs)
    if (verdict.kind !== 'rerun') return verdict
  }
  return { kind: 'broken' }
}

function aside({ check, evidence }: Red, reason: FailureReason, detail: string): Classified {
  return { kind: 'set-aside', setAside: { check: check.name, reason, detail, evidence } }
}
