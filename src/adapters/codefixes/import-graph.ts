import { dirname, join } from 'node:path'

import ts from 'typescript6'

import type { Project } from './project/open-project.ts'
import { isDeclaration, isProgram } from './project/source-files.ts'

const specifiers = new WeakMap<ts.SourceFile, readonly string[]>()
const caches = new WeakMap<Project, ts.ModuleResolutionCache>()

/** The repository's own files that a file imports, directly. */
export function importsOf(project: Project, file: ts.SourceFile): readonly string[] {
  return specifiersOf(file).flatMap((specifier) => {
    const found = resolve(project, file, specifier)
    if (found === null || found.includes('/node_modules/')) return []
    return isDeclaration(found) ? [found, ...programOf(file, specifier)] : [found]
  })
}

/** What runs where the compiler only reads a declaration: `require('..')` in a package that names its types. */
function programOf(file: ts.SourceFile, specifier: string): readonly string[] {
  if (!specifier.startsWith('.')) return []
  const path = join(dirname(file.fileName), specifier)
  const main = mainOf(ts.sys.readFile(join(path, 'package.json')))
  const names = [path, ...endings.map((ending) => path + ending), join(path, main)]
  const found = names.find((name) => isProgram(name) && ts.sys.fileExists(name))
  return found === undefined ? [] : [found]
}

const endings = ['.js', '.mjs', '.cjs']

/** The program that a manifest names, `index.js` where it names none. */
function mainOf(manifest: string | undefined): string {
  const main = /"main":\s*"([^"]+)"/.exec(manifest ?? '')?.[1] ?? 'index.js'
  return /\.[cm]?js$/.test(main) ? main : `${main}.js`
}

/** Where a specifier leads from a file, or null. */
export function resolve(project: Project, file: ts.SourceFile, specifier: string): string | null {
  const mode = file.impliedNodeFormat ?? ts.ModuleKind.ESNext
  const { resolvedModule } = ts.resolveModuleName(
    specifier,
    file.fileName,
    project.options,
    ts.sys,
    cacheOf(project),
    undefined,
    mode,
  )
  return resolvedModule?.resolvedFileName ?? null
}

/** The program's own files that import one of the given, directly or through others. The given are not among them. */
export function importersOf(project: Project, files: readonly string[]): readonly string[] {
  const graph = reverse(project)
  const found = new Set<string>()
  const visit = (file: string): void => {
    for (const importer of graph.get(file) ?? []) {
      if (found.has(importer)) continue
      found.add(importer)
      visit(importer)
    }
  }
  files.forEach(visit)
  return [...found].filter((file) => !files.includes(file))
}

/** A file and what it imports, directly or through others, nearest first. */
export function closureOf(project: Project, file: string): readonly string[] {
  const found = new Set([file])
  for (const at of found) {
    const source = project.program().getSourceFile(at)
    if (source) for (const next of importsOf(project, source)) found.add(next)
  }
  return [...found]
}

export function ownFiles(program: ts.Program): readonly ts.SourceFile[] {
  return program
    .getSourceFiles()
    .filter(({ fileName }) => !fileName.includes('/node_modules/') && !isDeclaration(fileName))
    .filter((file) => !program.isSourceFileDefaultLibrary(file))
}

function reverse(project: Project): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>()
  for (const file of ownFiles(project.program())) {
    for (const target of importsOf(project, file)) {
      const importers = graph.get(target) ?? new Set()
      graph.set(target, importers.add(file.fileName))
    }
  }
  return graph
}

function specifiersOf(file: ts.SourceFile): readonly string[] {
  const known = specifiers.get(file)
  if (known) return known
  const found = ts
    .preProcessFile(file.text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
  specifiers.set(file, found)
  return found
}

function cacheOf(project: Project): ts.ModuleResolutionCache {
  const known = caches.get(project)
  if (known) return known
  const cache = ts.createModuleResolutionCache(
    project.host.getCurrentDirectory(),
    (name) => name,
    project.options,
  )
  caches.set(project, cache)
  return cache
}
