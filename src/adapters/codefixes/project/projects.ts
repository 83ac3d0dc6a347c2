import { relative, sep } from 'node:path'

import type { Project } from './open-project.ts'
import type { Overlay } from './overlay.ts'
import { planProjects } from './plan-projects.ts'
import { createShelf } from './shelf.ts'
import { sourceFiles, type SourceFiles } from './source-files.ts'

/** Everything we hold open of one repository. */
export interface Projects {
  readonly root: string
  readonly overlay: Overlay
  readonly all: readonly Project[]
  readonly sources: SourceFiles
  readonly covering: (file: string) => readonly Project[]
  /** Relative to the root, with forward slashes. */
  readonly name: (file: string) => string
  /** A file as the last good commit had it; null where nobody knows. */
  readonly was: (file: string) => string | null
}

interface Wanted {
  readonly files: readonly string[]
  readonly configs: readonly string[]
  readonly was?: Readonly<Record<string, string>>
}

export function openProjects(
  root: string,
  wanted: Wanted,
  { overlay, open } = createShelf(),
): Projects {
  const sources = sourceFiles(root)
  const all = planProjects(root, sources, wanted).map(open)
  const name = (file: string): string => relative(root, file).split(sep).join('/')
  return {
    root,
    overlay,
    all,
    sources,
    covering: (file) =>
      all.filter(({ files, program }) => files.has(file) || program().getSourceFile(file)),
    name,
    was: (file) => wanted.was?.[name(file)] ?? null,
  }
}
