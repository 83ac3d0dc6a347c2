import { createObserver } from '#adapters/observer/observer.ts'
import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import { combine } from '#domain/patch.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'
import type { Workspace } from '#ports/workspace.ts'

/** An observer that forgets and hides nothing. */
export function freshObserver() {
  return createObserver({ memory: new Map<string, Promise<Evidence>>(), redact: (text) => text })
}

/** What the ladder would ask of a fixer: the findings of a check on a project as it is. */
export async function requestFor(
  workspace: Workspace,
  check: Check,
  more: Partial<FixRequest> = {},
): Promise<FixRequest> {
  const { findings } = await freshObserver().observe(workspace, check, more.patch ?? [])
  return {
    workspace,
    check,
    patch: [],
    findings,
    snapshotsAllowed: false,
    recipes: [],
    base: null,
    ...more,
  }
}

/** What a fixer proposes where it says it applies. */
export async function proposals(fixer: Fixer, request: FixRequest): Promise<readonly Candidate[]> {
  return fixer.applies(request) ? await fixer.propose(request) : []
}

/** The check on the project with all candidates' edits. */
export async function observedWith(
  { workspace, check, patch }: FixRequest,
  candidates: readonly Candidate[],
): Promise<Evidence> {
  const fixed = candidates.reduce((all, each) => combine(all, each.patch), patch)
  return await freshObserver().observe(workspace, check, fixed)
}
