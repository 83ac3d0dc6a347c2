import { dirname, join, relative, resolve, sep } from 'node:path'

import ts from 'typescript6'

import type { Project } from '../project/open-project.ts'

/** The names a file has through `paths`, a package's `imports`, or being a workspace package's; with its extension. */
export function aliasesOf(project: Project, from: string, file: string): readonly string[] {
  const own = packageOf(from)
  const theirs = packageOf(file)
  const through = own === null ? [] : importsField(own, file)
  const across =
    theirs !== null && theirs.directory !== own?.directory ? packageNames(theirs, file) : []
  return [...pathsOption(project, file), ...through, ...across]
}

/** `#` and `paths` patterns as the text before their star, to tell an alias from a package. */
export function aliasPrefixes(project: Project, from: string): readonly string[] {
  const own = packageOf(from)
  const keys = [
    ...Object.keys(project.options.paths ?? {}),
    ...(own?.imports.map(([key]) => key) ?? []),
  ]
  return keys.map((key) => key.split('*')[0] ?? key).filter((prefix) => prefix !== '')
}

function pathsOption({ options, config }: Project, file: string): readonly string[] {
  const base = options.baseUrl ?? (config === null ? '' : dirname(config))
  return Object.entries(options.paths ?? {}).flatMap(([key, targets]) =>
    targets.flatMap((target) => unstar(key, resolve(base, target), file)),
  )
}

function importsField({ directory, imports }: Package, file: string): readonly string[] {
  return imports.flatMap(([key, target]) => unstar(key, join(directory, target), file))
}

/** The pattern's name for a file: `@/*` at `/r/src/*` and `/r/src/a.ts` → `@/a.ts`. Also without the extension. */
function unstar(key: string, target: string, file: string): readonly string[] {
  const bare = file.replace(/\.[cm]?[jt]sx?$/, '')
  if (!target.includes('*')) return target === file || target === bare ? [key] : []
  const [before = '', after = ''] = target.split('*')
  const match = [file, bare].find((path) => path.startsWith(before) && path.endsWith(after))
  if (match === undefined) return []
  return [
    key.replace(
      '*',
      match
        .slice(before.length, match.length - after.length)
        .split(sep)
        .join('/'),
    ),
  ]
}

function packageNames({ name, directory }: Package, file: string): readonly string[] {
  if (name === null) return []
  return [name, `${name}/${relative(directory, file).split(sep).join('/')}`]
}

export interface Package {
  readonly directory: string
  readonly name: string | null
  readonly imports: readonly (readonly [string, string])[]
  readonly dependencies: readonly string[]
}

/** The package a path belongs to; null outside of any. */
export function packageOf(path: string): Package | null {
  for (let place = dirname(path); ; place = dirname(place)) {
    const text = ts.sys.readFile(join(place, 'package.json'))
    if (text !== undefined) return read(place, text)
    if (place === dirname(place)) return null
  }
}

function read(directory: string, text: string): Package {
  const parsed: unknown = ts.parseConfigFileTextToJson('package.json', text).config
  const field = (name: string): unknown => Object(parsed)[name]
  const name = field('name')
  return {
    directory,
    name: typeof name === 'string' ? name : null,
    imports: Object.entries(Object(field('imports'))).flatMap(([key, target]) =>
      firstText(target).map((one) => [key, one] as const),
    ),
    dependencies: [
      'dependencies',
      'devDependencies',
      'peerDependencies',
      'optionalDependencies',
    ].flatMap((kind) => Object.keys(Object(field(kind)))),
  }
}

/** A target, or the first of its conditions. */
function firstText(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target]
  return typeof target === 'object' && target !== null
    ? Object.values(target).flatMap(firstText)
    : []
}
