import type { Change, ChangedFile } from '#domain/change.ts'
import type { RiskClass } from '#domain/risk.ts'
import type { WorkKind } from '#domain/work-kind.ts'

import { isDocument, isTest } from './paths.ts'
import { riskOf } from './risk.ts'
import { isFormatOnly } from './syntax.ts'
import { onlyLogs, onlyErrorHandling } from './unlike-only-in.ts'

/**
 * What kind of work a change is (S2-38), by what its files say. Neither a title nor a label is asked (K30): whoever writes
 * one would choose who looks. So nothing is `performance`, which no file shows. `repairs`: a check that was red was seen
 * green with it.
 */
export function workKindOf(change: Change, { repairs }: { readonly repairs: boolean }): WorkKind {
  const { level, marks } = riskOf(change)
  const classes = new Set(marks.map((mark) => mark.class))
  if (security.some((one) => classes.has(one))) return 'security'
  if (classes.has('dependency-update')) return 'dependency'
  if (level !== 'safe') return 'unknown'
  const told = change.filter((file) => !isFormatOnly(file) && !isTest(file.path))
  const kinds = new Set(told.map(kindOf))
  // Layout and tests alone: what runs is what ran before.
  if (kinds.size === 0) return 'refactoring'
  if (kinds.size > 1) kinds.delete('docs')
  const [kind = null, ...others] = kinds
  if (kind !== null && others.length === 0) return kind
  return repairs ? 'fix_bugs' : 'unknown'
}

const security: readonly RiskClass[] = ['authentication', 'security-fix', 'encryption']

/** Null: what it does changes, and what for nobody can say from here. */
function kindOf(file: ChangedFile): WorkKind | null {
  if (isDocument(file.path)) return 'docs'
  if (/\.(?:css|scss|less|svg)$/.test(file.path)) return 'ui'
  if (onlyLogs(file)) return 'logging'
  return onlyErrorHandling(file) ? 'error_handling' : null
}
