import { forbidden, silencers } from './guards.ts'
import { importersOf } from './import-graph.ts'
import { newProblems, problemsOf, type Problem } from './problems.ts'
import type { Project } from './project/open-project.ts'
import type { Projects } from './project/projects.ts'
import type { TextEdit } from './proposal.ts'

/** One edit laid over the files, and what it did to their problems. */
export interface Trial {
  /** Problems that were not there before. */
  readonly fresh: readonly Problem[]
  /** Problems that went away. */
  readonly gone: readonly Problem[]
  readonly files: readonly string[]
  readonly undo: () => void
}

/** Tries edits in memory. The last trial must be undone first. */
export interface Bench {
  readonly projects: Projects
  readonly problems: (file: string) => readonly Problem[]
  /** Lays the edits over the files, or says why they may not be. */
  lay(edits: readonly TextEdit[]): Trial | { readonly refused: string }
}

type Checked = Map<string, readonly Problem[]>

export function createBench(projects: Projects, unusedIn: ReadonlySet<string>): Bench {
  const known: Checked = new Map()
  const check = (project: Project, file: string): readonly Problem[] => {
    const key = `${projects.all.indexOf(project)}|${file}`
    const before = known.get(key)
    if (before) return before
    const found = problemsOf(project, file, unusedIn.has(file))
    known.set(key, found)
    return found
  }
  const problems = (file: string): readonly Problem[] =>
    projects.all.flatMap((project) => check(project, file))
  return {
    projects,
    problems,
    lay: (edits) => {
      const texts = textsAfter(projects, edits)
      if ('refused' in texts) return texts
      return measure({ projects, known, problems }, texts)
    },
  }
}

interface Table {
  readonly projects: Projects
  readonly known: Checked
  readonly problems: (file: string) => readonly Problem[]
}

function measure({ projects, known, problems }: Table, texts: Map<string, string>) {
  const { overlay } = projects
  const changed = [...texts.keys()]
  const seen = affectedBy(projects, changed)
  const files = [...changed, ...seen]
  const before = files.flatMap(problems)
  const noise = changed.map((file) => noiseOf(projects, file))
  const remembered = new Map(known)
  const previous = changed.map(
    (file) => [file, overlay.edited().includes(file) ? overlay.read(file) : null] as const,
  )
  const undo = (): void => {
    for (const [file, text] of previous) overlay.write(file, text)
    known.clear()
    for (const [key, found] of remembered) known.set(key, found)
  }
  for (const [file, text] of texts) overlay.write(file, text)
  for (const key of known.keys())
    if (files.includes(key.slice(key.indexOf('|') + 1))) known.delete(key)
  if (changed.some((file, index) => noiseOf(projects, file) > (noise[index] ?? 0))) {
    undo()
    return { refused: 'it would silence the compiler' }
  }
  return { ...compare(before, changed, { seen, problems }), files: changed, undo }
}

/** The changed files first: most bad ideas already fail there, and their importers need no look. */
function compare(
  before: readonly Problem[],
  changed: readonly string[],
  {
    seen,
    problems,
  }: { readonly seen: readonly string[]; readonly problems: (file: string) => readonly Problem[] },
): Pick<Trial, 'fresh' | 'gone'> {
  const near = changed.flatMap(problems)
  const fresh = newProblems(before, near)
  if (fresh.length > 0)
    return {
      fresh,
      gone: newProblems(
        near,
        before.filter(({ file }) => changed.includes(file)),
      ),
    }
  const after = [...near, ...seen.flatMap(problems)]
  return { fresh: newProblems(before, after), gone: newProblems(after, before) }
}

function affectedBy(projects: Projects, changed: readonly string[]): readonly string[] {
  return [...new Set(projects.all.flatMap((project) => importersOf(project, changed)))]
}

function noiseOf(projects: Projects, file: string): number {
  const source = projects.covering(file)[0]?.program().getSourceFile(file)
  return source ? silencers(source) : 0
}

/** New texts by file. Edits of a file are positions in its text before all of them. */
function textsAfter(
  projects: Projects,
  edits: readonly TextEdit[],
): Map<string, string> | { readonly refused: string } {
  const texts = new Map<string, string>()
  for (const [file, own] of Map.groupBy(edits, ({ file }) => file)) {
    const source = projects.covering(file)[0]?.program().getSourceFile(file)
    if (source === undefined) return { refused: `${projects.name(file)} is not part of a project` }
    for (const edit of own) {
      const because = forbidden(source, edit)
      if (because !== null) return { refused: because }
    }
    const text = own
      .toSorted((a, b) => b.start - a.start)
      .reduce(
        (all, { start, length, text }) => all.slice(0, start) + text + all.slice(start + length),
        source.text,
      )
    if (text !== source.text) texts.set(file, text)
  }
  return texts.size === 0 ? { refused: 'it changes nothing' } : texts
}
