import { dirname, join, sep } from 'node:path'

import ts from 'typescript6'

import { guessedOptions } from './guessed-options.ts'
import { withDefaultsOf } from './legacy-defaults.ts'
import type { ProjectPlan } from './open-project.ts'
import { isProgram, type SourceFiles } from './source-files.ts'

/**
 * The projects that cover the wanted files: those the check names, then each file's nearest tsconfig that lists it.
 * A file no tsconfig lists (a test beside `include: ["src"]`) borrows the options of the nearest one.
 */
export function planProjects(
  root: string,
  sources: SourceFiles,
  wanted: { readonly files: readonly string[]; readonly configs: readonly string[] },
): readonly ProjectPlan[] {
  const read = reader()
  const plans = new Map<string, ProjectPlan>()
  const add = (plan: ProjectPlan): void => void plans.set(plan.config ?? '', plan)
  for (const config of wanted.configs) read(config).forEach(add)
  const uncovered: string[] = []
  for (const file of wanted.files) {
    if ([...plans.values()].some(({ files }) => files.includes(file))) continue
    const found = configsFor(file, sources.configs).flatMap((config) => [...read(config)])
    const covering = found.find(({ files }) => files.includes(file))
    if (covering) add(covering)
    else uncovered.push(file)
  }
  for (const plan of borrowed(root, sources, { uncovered, read })) plans.set(plan.directory, plan)
  return [...plans.values()]
}

type Read = (config: string) => readonly ProjectPlan[]

/** The projects that a tsconfig speaks for: its own and those it refers to. */
export function readConfig(config: string): readonly ProjectPlan[] {
  return reader()(config)
}

/** Reads a tsconfig and, where it is only a list of references, those. */
function reader(): Read {
  const known = new Map<string, readonly ProjectPlan[]>()
  const read = (config: string): readonly ProjectPlan[] => {
    const before = known.get(config)
    if (before) return before
    known.set(config, [])
    const plan = parse(config)
    const referenced = (plan?.references ?? []).flatMap((reference) => [
      ...read(ts.resolveProjectReferencePath(reference)),
    ])
    const plans = [...(plan && plan.files.length > 0 ? [plan] : []), ...referenced]
    known.set(config, plans)
    return plans
  }
  return read
}

function parse(config: string): ProjectPlan | null {
  const directory = dirname(config)
  const parsed = ts.getParsedCommandLineOfConfigFile(
    config,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  )
  if (parsed === undefined) return null
  return {
    config,
    directory,
    files: parsed.fileNames,
    references: parsed.projectReferences ?? [],
    options: { ...withDefaultsOf(parsed.options, directory), noEmit: true },
    loose: false,
  }
}

/** Configurations above a file, nearest first; `tsconfig.json` before its siblings. */
function configsFor(file: string, configs: readonly string[]): readonly string[] {
  const above = configs.filter((config) => file.startsWith(dirname(config) + sep))
  return above.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b))
}

function borrowed(
  root: string,
  sources: SourceFiles,
  { uncovered, read }: { readonly uncovered: readonly string[]; readonly read: Read },
): readonly ProjectPlan[] {
  const groups = Map.groupBy(uncovered.filter(isProgram), (file) => homeOf(root, sources, file))
  return [...groups].map(([home, files]) => {
    const lender = home.endsWith('.json') ? read(home)[0] : undefined
    const usable = lender && files.every((file) => isTyped(file) || lender.options.checkJs === true)
    return usable ? { ...lender, files: [...lender.files, ...files] } : guess(root, sources, files)
  })
}

/** The nearest tsconfig, or '' where there is none. */
function homeOf(root: string, sources: SourceFiles, file: string): string {
  return configsFor(file, sources.configs)[0] ?? root
}

function isTyped(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file)
}

function guess(root: string, sources: SourceFiles, files: readonly string[]): ProjectPlan {
  const directory = packageOf(root, files[0] ?? root)
  const inside = sources.all.filter((file) => isProgram(file) && file.startsWith(directory + sep))
  return {
    config: null,
    directory,
    files: [...new Set([...inside, ...files])],
    references: [],
    options: guessedOptions(directory, inside),
    loose: true,
  }
}

function packageOf(root: string, file: string): string {
  for (let place = dirname(file); place.startsWith(root); place = dirname(place)) {
    if (ts.sys.fileExists(join(place, 'package.json'))) return place
  }
  return root
}

function rank(config: string): number {
  return (/[\\/]tsconfig\.json$/.test(config) ? 0 : 1) - dirname(config).length * 2
}
