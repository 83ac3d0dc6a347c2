import type { Check, Invocation } from '#domain/check.ts'
import { fingerprint, type Finding, testRunners } from '#domain/finding.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { FixRequest } from '#ports/fixer.ts'

import { findingsOf } from '../../observer/findings.ts'
import { runReports } from '../../observer/reports.ts'
import { runVerdict } from '../../observer/verdict.ts'
import { fromDirectory } from '../tool-call.ts'

/** Runs what failed, and as little else as the runner lets us, with an edit; answers what is found by fingerprint. */
export type Rerun = (patch: Patch) => Promise<ReadonlySet<string>>

export function rerunOf({ workspace, check, patch, findings }: FixRequest): Rerun {
  const narrowed = narrowedTo(check, findings)
  return async (edits) => {
    const observed = { workspace, check, patch: combine(patch, edits) }
    const found =
      narrowed === null
        ? await findingsOf(observed, await runVerdict(workspace, check, observed.patch))
        : await runReports(observed, narrowed)
    return new Set(found.map(fingerprint))
  }
}

/** The runners with the failing files alone; null where a finding names none, or a program in between is unknown. */
function narrowedTo(
  { invocations }: Pick<Check, 'invocations'>,
  findings: readonly Finding[],
): readonly Invocation[] | null {
  const all = invocations.filter(({ tool }) => testRunners.has(tool))
  if (findings.some(({ tool, file }) => !testRunners.has(tool) || file === null)) return null
  const files = [...new Set(findings.flatMap(({ file }) => file ?? []))].toSorted()
  const narrowed = all.flatMap((each) => {
    const own = files.filter((file) => isBelow(file, each.directory))
    if (own.length === 0) return []
    return [{ ...each, argv: [...each.argv, ...fromDirectory(each.directory, own)] }]
  })
  return narrowed.length === 0 ? null : narrowed
}

function isBelow(file: string, directory: string): boolean {
  return directory === '.' || file.startsWith(`${directory}/`)
}
