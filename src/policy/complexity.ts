import type { Change } from '#domain/change.ts'
import type { ComplexReason } from '#domain/complexity.ts'
import { type Finding, testRunners } from '#domain/finding.ts'
import type { ModelLimits } from '#domain/repository-configuration.ts'

import { type Limits, sizeOf } from './limits.ts'
import { isManifest } from './paths.ts'

interface Proposed {
  readonly change: Change
  /** What was red, and asked for it. */
  readonly findings: readonly Finding[]
  /** All paths of the repository. */
  readonly files: readonly string[]
}

interface Complexity {
  readonly decision: 'fix' | 'draft' | 'decline'
  readonly reasons: readonly ComplexReason[]
}

/**
 * Whether what a model wrote is small enough to go by itself, is for a human, or is too much for one to judge by what is
 * measured. Two in five green patches of models were not what a human would call right (Passerine, autofix.md 5), so only
 * a small change that failing tests asked for goes. What it promises to others is a matter of risk (`breaking-api`).
 */
export function complexityOf({ change, findings, files }: Proposed, most: ModelLimits): Complexity {
  const tooMuch = beyond(change, most.draft)
  if (tooMuch.length > 0) return { decision: 'decline', reasons: tooMuch }
  const reasons = [
    ...beyond(change, most.ready),
    ...severalPackages(change, files),
    ...untested(findings),
  ]
  return { decision: reasons.length > 0 ? 'draft' : 'fix', reasons }
}

function beyond(change: Change, most: Limits): readonly ComplexReason[] {
  const size = sizeOf(change)
  return (['files', 'lines'] as const)
    .filter((what) => size[what] > most[what])
    .map((what) => ({ kind: 'beyond', what, is: size[what], most: most[what] }))
}

/** The checks of one package say little about another that has its own: our own choice. */
function severalPackages(change: Change, files: readonly string[]): readonly ComplexReason[] {
  const roots = files.filter(isManifest).map((path) => path.slice(0, -'package.json'.length))
  const touched = new Set(change.map(({ path }) => packageOf(path, roots)))
  return touched.size > 1 ? [{ kind: 'beyond', what: 'packages', is: touched.size, most: 1 }] : []
}

/** The folder of the nearest package.json above it; '' is the root. */
function packageOf(path: string, roots: readonly string[]): string {
  const above = roots.filter((root) => path.startsWith(root))
  return above.reduce((nearest, root) => (root.length > nearest.length ? root : nearest), '')
}

/** Tests say what the code should do; a compiler or a linter is content with less. */
function untested(findings: readonly Finding[]): readonly ComplexReason[] {
  const isTested = findings.length > 0 && findings.every(({ tool }) => testRunners.has(tool))
  return isTested ? [] : [{ kind: 'untested' }]
}
