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
}

export function openProjects(
  root: string,
  wanted: { readonly files: readonly string[]; readonly configs: readonly string[] },
  { overlay, open } = createShelf(),
): Projects {
  const sources = sourceFiles(root)
  const all = planProjects(root, sources, wanted).map(open)
  return {
    root,
    overlay,
    all,
    sources,
    covering: (file) =>
      all.filter(({ files, program }) => files.has(file) || program().getSourceFile(file)),
    name: (file) => relative(root, file).split(sep).join('/'),
  }
}
