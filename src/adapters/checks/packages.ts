import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'

import { parse } from 'yaml'
import { z } from 'zod'

/** What we read of a package.json; anything odd in it reads as absent. */
const manifest = z.object({
  name: z.string().optional().catch(undefined),
  scripts: z.record(z.string(), z.string()).catch({}).default({}),
  workspaces: z
    .union([
      z.array(z.string()),
      z.object({ packages: z.array(z.string()) }).transform((of) => of.packages),
    ])
    .catch([])
    .default([]),
  dependencies: z.record(z.string(), z.string()).catch({}).default({}),
  devDependencies: z.record(z.string(), z.string()).catch({}).default({}),
})

export interface Package {
  /** Relative to the root with forward slashes; '.' is the root. */
  readonly directory: string
  readonly name: string | null
  readonly scripts: Readonly<Record<string, string>>
}

/** The packages of a repository, as the commands in it see them. */
export interface Packages {
  at(directory: string): Package | null
  /** Whether there is a package.json at the root that nobody can read. */
  readonly isBroken: boolean
  readonly workspaces: readonly Package[]
  /** The compiler that the root installs for its own `tsconfig.json`; null where it has none, or none for files of its own. */
  readonly compiler: 'vue-tsc' | 'tsc' | 'tsgo' | null
}

/** Reads the root's package.json and its workspaces (package.json or pnpm-workspace.yaml). */
export function packagesIn(source: string): Packages {
  const root = manifestAt(source, '.')
  const patterns = [...(root?.workspaces ?? []), ...pnpmPatterns(source)]
  const directories = patterns.length === 0 ? [] : workspaceDirectories(source, patterns)
  const at = (directory: string): Package | null => packageAt(source, directory)
  const isBroken = root === null && textAt(join(source, 'package.json')) !== null
  const workspaces = directories.flatMap((directory) => at(directory) ?? [])
  return { at, isBroken, workspaces, compiler: compilerOf(source, root) }
}

/** Enough for every real manifest; more would be an attack on our memory. */
const longestManifest = 2_000_000

function packageAt(source: string, directory: string): Package | null {
  if (directory.startsWith('..') || directory.startsWith('/')) return null
  const read = manifestAt(source, directory)
  return read === null ? null : { directory, name: read.name ?? null, scripts: read.scripts }
}

function manifestAt(source: string, directory: string): z.infer<typeof manifest> | null {
  const text = textAt(join(source, directory, 'package.json'))
  if (text === null) return null
  try {
    return manifest.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

const compilers = [
  ['vue-tsc', 'vue-tsc'],
  ['typescript', 'tsc'],
  ['@typescript/native-preview', 'tsgo'],
] as const

function compilerOf(source: string, root: z.infer<typeof manifest> | null): Packages['compiler'] {
  const config = textAt(join(source, 'tsconfig.json'))
  // One that only gathers projects has nothing to compile by itself.
  if (config === null || root === null || /"files"\s*:\s*\[\s*\]/.test(config)) return null
  const installed = { ...root.dependencies, ...root.devDependencies }
  return compilers.find(([name]) => Object.hasOwn(installed, name))?.[1] ?? null
}

function pnpmPatterns(source: string): readonly string[] {
  const text = textAt(join(source, 'pnpm-workspace.yaml'))
  if (text === null) return []
  try {
    return z.object({ packages: z.array(z.string()) }).safeParse(parse(text)).data?.packages ?? []
  } catch {
    return []
  }
}

function workspaceDirectories(source: string, patterns: readonly string[]): readonly string[] {
  const wanted = patterns.filter((each) => !each.startsWith('!') && !each.includes('..'))
  const unwanted = patterns.filter((each) => each.startsWith('!')).map((each) => each.slice(1))
  const found = globSync(
    wanted.map((each) => join(each, 'package.json')),
    {
      cwd: source,
      exclude: ['**/node_modules/**', ...unwanted.map((each) => join(each, 'package.json'))],
    },
  )
  return [...new Set(found.map((path) => dirname(path.replaceAll('\\', '/'))))]
    .filter((directory) => directory !== '.' && !directory.includes('node_modules'))
    .toSorted()
}

function textAt(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8')
    return text.length > longestManifest ? null : text
  } catch {
    return null
  }
}
