import type { Change } from '#domain/change.ts'
import {
  type RepositoryConfiguration,
  repositoryConfiguration,
} from '#domain/repository-configuration.ts'

import { changedLines } from './lines.ts'
import { isLockfile } from './paths.ts'
import { isFormatOnly } from './syntax.ts'

export interface Limits {
  readonly files: number
  readonly lines: number
}

export type Size =
  | { readonly kind: 'within'; readonly files: number; readonly lines: number }
  | {
      readonly kind: 'exceeded'
      readonly what: 'files' | 'lines'
      readonly is: number
      readonly most: number
    }

/** What the configuration says, or else what is meant without one. */
export function limitsOf(configuration: RepositoryConfiguration | null) {
  return (configuration ?? repositoryConfiguration.parse({})).limits
}

/** Holds a change against the limits of the configuration (200 files and 400 lines unless set). */
export function judgeSize(change: Change, most: Limits): Size {
  const { files, lines } = sizeOf(change)
  if (files > most.files) return { kind: 'exceeded', what: 'files', is: files, most: most.files }
  if (lines > most.lines) return { kind: 'exceeded', what: 'lines', is: lines, most: most.lines }
  return { kind: 'within', files, lines }
}

/**
 * How much there is to review. Lines are added plus removed ones; lockfiles and files whose syntax stays the same
 * count as files only, because nobody reviews them line by line.
 */
export function sizeOf(change: Change): Limits {
  const files = change.length
  const lines = change
    .filter((file) => !isLockfile(file.path) && !isFormatOnly(file))
    .reduce((sum, { before, after }) => sum + changedLines(before, after).length, 0)
  return { files, lines }
}
