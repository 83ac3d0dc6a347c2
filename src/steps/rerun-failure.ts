import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Patch } from '#domain/patch.ts'
import type { FlakeVerdict } from '#domain/verdict.ts'
import { judgeRuns } from '#policy/flake.ts'
import { mayBeFlaky } from '#policy/rerun.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext } from '#ports/step.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { rerunKey } from './record.ts'

interface Rerun {
  readonly workspace: Workspace
  readonly check: Check
  readonly patch: Patch
}

/** Runs a check once more each time, never from memory. On the files of the head it goes on record: it tells of chance. */
export function rerunOn(
  { observer, store }: Ports,
  { workspace, check, patch }: Rerun,
  { runId }: Pick<StepContext, 'runId'>,
): () => Promise<Evidence> {
  let number = 0
  return async () => {
    const evidence = await observer.again(workspace, check, patch)
    number += 1
    if (patch.length === 0) await store.saveEvidence(runId, rerunKey(check.name, number), evidence)
    return evidence
  }
}

interface Ports {
  readonly observer: Pick<Observer, 'again'>
  readonly store: Pick<RunStore, 'saveEvidence'>
}

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
