import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import type { Files } from './injections/site.ts'

export const repositoriesFolder = join(import.meta.dirname, 'repositories')

/** The names of the bundled repositories; `<name>.held-out` folders hold tests that no fixer sees. */
export function repositoryNames(): string[] {
  return readdirSync(repositoriesFolder).filter((name) => !name.includes('.'))
}

/** The text files of a bundled repository, or of its held-out tests. */
export function readRepository(name: string): Files {
  return readFolder(join(repositoriesFolder, name))
}

/** Tests that no fixer sees, at the paths where they are laid into a repaired tree. */
export function readHeldOut(name: string): Files {
  return readFolder(join(repositoriesFolder, `${name}.held-out`))
}

export function readFolder(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split('/').includes('node_modules'))
    .toSorted()
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}
