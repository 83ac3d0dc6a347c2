import { z } from 'zod'

/** Kinds of work that are safe to deploy without a look (S2-38): deny lists and review lists win over them (K30). */
const safeKinds = [
  'fix_bugs',
  'performance',
  'error_handling',
  'logging',
  'ui',
  'docs',
  'refactoring',
] as const

/** Those that files show by themselves. */
export const shownKinds = ['error_handling', 'logging', 'ui', 'docs', 'refactoring'] as const

/** What a change is. `unknown`: what files say of it puts it in no kind, so a person has to look (K30). */
export const workKind = z.enum([...safeKinds, 'dependency', 'security', 'unknown'])
export type WorkKind = z.infer<typeof workKind>

const safe: ReadonlySet<WorkKind> = new Set(safeKinds)

/** Whether it is one of the kinds of S2-38. */
export function isSafeKind(kind: WorkKind): boolean {
  return safe.has(kind)
}
