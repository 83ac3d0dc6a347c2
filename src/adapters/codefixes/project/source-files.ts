import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped = new Set([
  'node_modules',
  'dist',
  'build',
  'out',
  'coverage',
  '.git',
  '.next',
  '.turbo',
])
const source = /\.(?:[cm]?[jt]sx?|json)$/
/** A repository above this size is not searched whole; what was found until then is used. */
const most = 20_000

export interface SourceFiles {
  /** Absolute paths of programs and JSON files. */
  readonly all: readonly string[]
  readonly configs: readonly string[]
}

/** What lies in the repository outside dependencies and build output. */
export function sourceFiles(root: string): SourceFiles {
  const all: string[] = []
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      if (all.length >= most) return
      const path = join(directory, entry.name)
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(path)
      } else if (entry.isFile() && source.test(entry.name)) all.push(path)
    }
  }
  visit(root)
  return { all, configs: all.filter((file) => /[\\/][tj]sconfig[\w.-]*\.json$/.test(file)) }
}

/** Sources a compiler reads: no declarations, no JSON. */
export function isProgram(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file) && !isDeclaration(file)
}

export function isDeclaration(file: string): boolean {
  return /\.d\.(?:[\w-]+\.)?[cm]?ts$/.test(file)
}
