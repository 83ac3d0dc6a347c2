import { importersIn } from './bench.ts'
import { newProblems, problemsOf } from './problems.ts'
import type { Project } from './project/open-project.ts'
import type { Projects } from './project/projects.ts'

/**
 * Whether all edits together leave everybody who imports an edited file without a new problem. Where what a file declares
 * to others did not change, nobody has to be asked.
 */
export function audit(projects: Projects, unusedIn: ReadonlySet<string>): boolean {
  const { overlay } = projects
  const texts = overlay.edited().map((file) => [file, overlay.read(file)] as const)
  const after = new Map(texts.map(([file]) => [file, surfaceOf(projects, file)]))
  for (const [file] of texts) overlay.write(file, null)
  const changed = texts.flatMap(([file]) =>
    surfaceOf(projects, file) === after.get(file) ? [] : [file],
  )
  const importers = importersIn(projects, changed)
  const look = () =>
    importers.flatMap((file) =>
      projects.all.flatMap((project) => problemsOf(project, file, unusedIn.has(file))),
    )
  const before = importers.length > 0 ? look() : []
  for (const [file, text] of texts) overlay.write(file, text)
  return importers.length === 0 || newProblems(before, look()).length === 0
}

/** What a file declares to others, as its declaration file would say it; unique where it cannot be said. */
function surfaceOf(projects: Projects, file: string): string {
  return projects
    .covering(file)
    .map((project) => declarationOf(project, file))
    .join('\n')
}

let unsaid = 0

function declarationOf({ service }: Project, file: string): string {
  try {
    const [output] = service.getEmitOutput(file, true, true).outputFiles
    if (output) return output.text.replaceAll(/^import .*$/gm, '')
  } catch {
    // A declaration that cannot be written down may be anything.
  }
  unsaid += 1
  return `unsaid ${unsaid}`
}
