import type { Evidence } from '#domain/evidence.ts'
import type { FlakeVerdict } from '#domain/verdict.ts'
import { judgeRuns } from '#policy/flake.ts'
import { mayBeFlaky } from '#policy/rerun.ts'

interface Rerunning {
  readonly first: Evidence
  /** Runs the check once more on the same tree, never from memory. */
  readonly rerun: () => Promise<Evidence>
  readonly reruns: number
}

/**
 * Runs a red check again on the same tree until it is told apart: flaky, or broken. Asked only where the answer decides:
 * before code is changed for a test, and before it is called unrepairable.
 */
export async function rerunFailure({ first, rerun, reruns }: Rerunning): Promise<FlakeVerdict> {
  if (!mayBeFlaky(first)) return { kind: 'broken' }
  const runs = [first]
  while (runs.length <= reruns) {
    runs.push(await rerun())
    const verdict = judgeRuns(runs)
    if (verdict.kind !== 'rerun') return verdict
  }
  return { kind: 'broken' }
}
