import { posix } from 'node:path'

import type { Patch } from '#domain/patch.ts'
import type { Workspace } from '#ports/workspace.ts'

type Files = Pick<Workspace, 'read' | 'files'>

/** A source file that failing tests reach, with its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** Every program of the repository, tests and tools included. */
export function programsOf(workspace: Files, patch: Patch): readonly Source[] {
  return workspace
    .files(patch)
    .filter(isProgram)
    .flatMap((path) => {
      const text = workspace.read(path, patch)
      return text === null ? [] : [{ path, text }]
    })
}

/**
 * What the given tests load, directly or through others, nearest first and without tests: what they fail for stands in
 * one of these. Everything, where the tests load something by a name that we cannot follow.
 */
export function reachOf(programs: readonly Source[], tests: readonly string[]): readonly Source[] {
  const byPath = new Map(programs.map((each) => [each.path, each]))
  const found = new Set(tests.filter((path) => byPath.has(path)))
  let blind = found.size === 0
  for (const path of found) {
    for (const specifier of specifiersIn(byPath.get(path)?.text ?? '')) {
      const target = specifier.startsWith('.') ? followed(byPath, path, specifier) : null
      if (target !== null) found.add(target)
      else if (!specifier.startsWith('.')) blind ||= isOwn(specifier, programs)
    }
  }
  const all = blind ? [...found, ...byPath.keys()] : [...found]
  return [...new Set(all)].flatMap((path) => byPath.get(path) ?? []).filter(isProduct)
}

/** A file of the product: a fix that only tests vouch for leaves tests, fixtures and configuration alone. */
function isProduct({ path }: Source): boolean {
  return !/(?:^|[/._-])(?:tests?|spec|__\w+__|fixtures?|e2e|config|setup)(?:[/._-]|$)/i.test(path)
}

function isProgram(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$|\.min\.js$|(?:^|\/)dist\//.test(path)
}

const loading = /(?:\bfrom|\bimport|\brequire|\bmock)\s*\(?\s*(['"])([^'"\n]{1,300})\1/g

function specifiersIn(text: string): readonly string[] {
  return [...text.matchAll(loading)].map(([, , specifier = '']) => specifier)
}

const endings = ['', '.ts', '.js', '.tsx', '.jsx', '.mjs', '.cjs', '.mts', '.cts']

function followed(
  files: ReadonlyMap<string, Source>,
  from: string,
  specifier: string,
): string | null {
  const path = posix.join(posix.dirname(from), specifier)
  const bare = path.replace(/\.([cm]?)jsx?$/, '')
  const tried = [path, bare, `${path}/index`].flatMap((each) => endings.map((end) => each + end))
  return tried.find((each) => files.has(each)) ?? null
}

/** Aliases and packages of the workspace lead back into the repository. */
function isOwn(specifier: string, programs: readonly Source[]): boolean {
  if (/^[#~]|^@\//.test(specifier)) return true
  const scope = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1)
  const name = scope.at(-1) ?? ''
  return programs.some(({ path }) => path.split('/').includes(name))
}
