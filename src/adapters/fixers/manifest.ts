import { posix } from 'node:path'

import { z } from 'zod'

const versions = z.record(z.string(), z.string()).optional()
const manifest = z.object({
  name: z.string().optional(),
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  peerDependencies: versions,
})

type Section = 'dependencies' | 'devDependencies' | 'optionalDependencies'

const sections: readonly Section[] = ['dependencies', 'devDependencies', 'optionalDependencies']

export interface Declared {
  readonly section: Section
  readonly range: string
}

/** Where and in which range a manifest declares a package; null when it does not, or when the text is no manifest. */
export function declaredIn(text: string | null, name: string): Declared | null {
  const read = text === null ? null : manifest.safeParse(parsed(text)).data
  if (!read) return null
  for (const section of sections) {
    const range = read[section]?.[name]
    if (range !== undefined) return { section, range }
  }
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The manifest with one more dependency, in its own indentation, sorted where the section is sorted. */
export function withDeclared(
  text: string,
  name: string,
  { section, range }: Declared,
): string | null {
  const read = z.looseObject({}).safeParse(parsed(text)).data
  if (!read) return null
  const before = versions.safeParse(read[section]).data ?? {}
  const names = Object.keys(before)
  const isSorted = names.every((each, at) => at === 0 || (names[at - 1] ?? '') <= each)
  const entries = [...Object.entries(before), [name, range] as const]
  const after = isSorted ? entries.toSorted(([a], [b]) => (a < b ? -1 : 1)) : entries
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  '
  const end = text.endsWith('\n') ? '\n' : ''
  return JSON.stringify({ ...read, [section]: Object.fromEntries(after) }, null, indent) + end
}

/** The manifests above a file, nearest first. */
export function manifestsAbove(file: string | null): readonly string[] {
  const paths: string[] = []
  for (let at = posix.dirname(file ?? '.'); at !== '.' && at !== '/'; at = posix.dirname(at))
    paths.push(`${at}/package.json`)
  return [...paths, 'package.json']
}
