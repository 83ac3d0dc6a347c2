import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

import { z } from 'zod'

import { withMirrorAddresses } from '../sandbox/lockfile-addresses.ts'
import type { Manager } from './manager.ts'
import { withPlainSettings } from './settings.ts'

/** A file that an install reads, as the install gets to see it. */
export interface Manifest {
  readonly path: string
  readonly content: Buffer
  readonly mode: number
}

const read = new Set([
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  '.pnpmfile.cjs',
  'yarn.lock',
  '.yarnrc.yml',
  'bun.lock',
  '.npmrc',
])
/** Patches, packed dependencies, and the plugins without which modern yarn does not start. */
const besides = /\.(?:patch|tgz)$|^\.yarn\/plugins\/.*\.cjs$/

const withAddresses = new Set(['pnpm-lock.yaml', 'yarn.lock', 'bun.lock'])
const fileBytes = 64 * 1024 * 1024

/** Everything an install may read of a repository: manifests, lockfiles, settings, patches, packed dependencies. */
export function findManifests(source: string): readonly Manifest[] {
  return below(source, '')
    .filter((path) => read.has(basename(path)) || besides.test(path))
    .map((path) => manifest(source, path))
}

/** Programs of the repository's own packages: linked by an install, never run by it, and no reason for a new one. */
export function findPrograms(source: string, manifests: readonly Manifest[]): readonly Manifest[] {
  const paths = manifests
    .filter(({ path }) => basename(path) === 'package.json')
    .flatMap(({ path, content }) => programs(content).map((program) => join(path, '..', program)))
  return [...new Set(paths)]
    .filter((path) => !path.startsWith('..') && isFile(join(source, path)))
    .map((path) => manifest(source, path))
}

/** Two repositories with the same key have the same dependencies. */
export function keyOf(manager: Manager, manifests: readonly Manifest[]): string {
  const hash = createHash('sha256')
  const node = process.versions.node.split('.')[0]
  hash.update(JSON.stringify(['1', manager.name, manager.version, node, process.arch]))
  for (const { path, content } of manifests) {
    const matters = basename(path) === 'package.json' ? dependencyFields(content) : content
    hash.update(JSON.stringify([path, matters.length])).update(matters)
  }
  return hash.digest('hex').slice(0, 32)
}

function below(source: string, folder: string): string[] {
  return readdirSync(join(source, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : below(source, path)
      return entry.isFile() ? [path] : []
    })
}

const skipped = new Set(['node_modules', '.git'])

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function manifest(source: string, path: string): Manifest {
  const { mode, size } = lstatSync(join(source, path))
  if (size > fileBytes) throw new Error(`${path} is too large to be installed from.`)
  const content = readFileSync(join(source, path))
  return { path, mode: mode & 0o755, content: asSeenInside(basename(path), content) }
}

function asSeenInside(name: string, content: Buffer): Buffer {
  if (name === '.npmrc') return Buffer.from(withPlainSettings(content.toString('utf8')))
  return withAddresses.has(name)
    ? Buffer.from(withMirrorAddresses(content.toString('utf8')))
    : content
}

const fields = z.looseObject({})
const irrelevant = /^(?:scripts|description|keywords|author|license|files|exports|main|types)$/

/** A package.json without what an install does not look at, so that a new script or text is no new install. */
function dependencyFields(content: Buffer): Buffer {
  const parsed = fields.safeParse(json(content))
  if (!parsed.success) return content
  const kept = Object.entries(parsed.data).filter(([field]) => !irrelevant.test(field))
  return Buffer.from(JSON.stringify(kept))
}

const withBin = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) })

function programs(content: Buffer): string[] {
  const parsed = withBin.safeParse(json(content))
  if (!parsed.success) return []
  const { bin } = parsed.data
  return typeof bin === 'string' ? [bin] : Object.values(bin)
}

function json(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'))
  } catch {
    return null
  }
}
