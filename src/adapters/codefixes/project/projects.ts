import { relative, sep } from 'node:path'

import { openProject, type Project } from './open-project.ts'
import { createOverlay, type Overlay } from './overlay.ts'
import { planProjects } from './plan-projects.ts'
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
): Projects {
  const sources = sourceFiles(root)
  const overlay = createOverlay()
  const all = planProjects(root, sources, wanted).map((plan) => openProject(plan, overlay))
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
