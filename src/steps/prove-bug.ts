import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Failure } from '#domain/failure.ts'
import type { Patch } from '#domain/patch.ts'
import { judgeShown, type NotShown } from '#policy/shown-bug.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { rerunFailure } from './rerun-failure.ts'

/** What a check that runs tests said of the code as it is. */
export interface GreenTests {
  readonly check: Check
  readonly evidence: Evidence
}

export type ProvedBug =
  | { readonly kind: 'shown'; readonly failure: Failure }
  | { readonly kind: 'not-shown'; readonly because: NotShown | 'flaky' }

interface Proving {
  readonly workspace: Workspace
  readonly observer: Observer
  readonly tests: readonly GreenTests[]
  readonly reruns: number
}

/** Runs the written tests on the code that nobody touched: the first check that is red for them alone shows the bug. */
export async function proveBug(proving: Proving, patch: Patch): Promise<ProvedBug> {
  const { workspace } = proving
  const change = patch.map(({ path, content }) => ({
    path,
    before: workspace.read(path, []),
    after: content,
  }))
  let because: NotShown | 'flaky' = 'passes'
  for (const { check, evidence: before } of proving.tests) {
    const after = await proving.observer.observe(workspace, check, patch)
    const judged = judgeShown({ check, change, before, after })
    if (judged.kind === 'shown' && (await isSteady(proving, { check, patch, after }))) {
      const targets = [...judged.targets]
      return { kind: 'shown', failure: { check, evidence: after, targets, preExisting: [] } }
    }
    const why = judged.kind === 'shown' ? 'flaky' : judged.because
    if (why !== 'passes') because = why
  }
  return { kind: 'not-shown', because }
}

interface Red {
  readonly check: Check
  readonly patch: Patch
  readonly after: Evidence
}

async function isSteady(
  { workspace, observer, reruns }: Proving,
  { check, patch, after }: Red,
): Promise<boolean> {
  const rerun = (): Promise<Evidence> => observer.again(workspace, check, patch)
  return (await rerunFailure({ first: after, rerun, reruns })).kind === 'broken'
}
