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
  /** Lays the edits over the files, or says why they may not be. `about` is looked at with the changed files. */
  readonly lay: (edits: readonly TextEdit[], about: string) => Trial | { readonly refused: string }
  /** Lays the edits without looking. */
  readonly lean: (
    edits: readonly TextEdit[],
  ) => Pick<Trial, 'files' | 'undo'> | { readonly refused: string }
}

type Checked = Map<string, readonly Problem[]>

/**
 * `wide`: a trial looks at everything that imports what it changed. Otherwise it looks near, and the sum of all repairs
 * has to be audited in the end: a new checker for every trial costs more the more files it has to judge.
 */
export function createBench(
  projects: Projects,
  { unusedIn, wide }: { readonly unusedIn: ReadonlySet<string>; readonly wide: boolean },
): Bench {
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
    lay: (edits, about) => {
      const texts = textsAfter(projects, edits)
      if ('refused' in texts) return texts
      return measure({ projects, known, problems, wide }, texts, about)
    },
    lean: (edits) => {
      const texts = textsAfter(projects, edits)
      if ('refused' in texts) return texts
      const files = [...texts.keys()]
      const stale = new Set([...files, ...importersIn(projects, files)])
      return writeQuietly({ projects, known, problems, wide }, texts, stale)
    },
  }
}

interface Table {
  readonly projects: Projects
  readonly known: Checked
  readonly problems: (file: string) => readonly Problem[]
  readonly wide: boolean
}

function measure(
  table: Table,
  texts: Map<string, string>,
  about: string,
): ReturnType<Bench['lay']> {
  const { projects, problems } = table
  const changed = [...texts.keys()]
  const importers = importersIn(projects, changed)
  const near = [...new Set([...changed, about])]
  const far = table.wide ? importers.filter((file) => file !== about) : []
  const before = { near: near.flatMap(problems), far: far.flatMap(problems) }
  const written = writeQuietly(table, texts, new Set([...near, ...importers]))
  if ('refused' in written) return written
  const after = near.flatMap(problems)
  const fresh = newProblems(before.near, after)
  // Most bad ideas already fail near: then nobody needs to look further.
  const beyond = fresh.length > 0 ? [] : newProblems(before.far, far.flatMap(problems))
  return {
    fresh: [...fresh, ...beyond],
    gone: newProblems(after, before.near),
    ...written,
  }
}

function writeQuietly(
  table: Table,
  texts: Map<string, string>,
  stale: ReadonlySet<string>,
): ReturnType<Bench['lean']> {
  const files = [...texts.keys()]
  const noise = files.map((file) => noiseOf(table.projects, file))
  const undo = write(table, texts, stale)
  if (files.every((file, index) => noiseOf(table.projects, file) <= (noise[index] ?? 0)))
    return { files, undo }
  undo()
  return { refused: 'it would silence the compiler' }
}

function write(
  { projects, known }: Table,
  texts: Map<string, string>,
  stale: ReadonlySet<string>,
): () => void {
  const { overlay } = projects
  const remembered = new Map(known)
  const edited = new Set(overlay.edited())
  const previous = [...texts.keys()].map(
    (file) => [file, edited.has(file) ? overlay.read(file) : null] as const,
  )
  for (const [file, text] of texts) overlay.write(file, text)
  for (const key of known.keys()) if (stale.has(key.slice(key.indexOf('|') + 1))) known.delete(key)
  return () => {
    for (const [file, text] of previous) overlay.write(file, text)
    known.clear()
    for (const [key, found] of remembered) known.set(key, found)
  }
}

export function importersIn(projects: Projects, changed: readonly string[]): readonly string[] {
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
