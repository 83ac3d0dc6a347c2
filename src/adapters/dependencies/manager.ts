import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { detect } from 'package-manager-detector'
import { valid } from 'semver'
import { z } from 'zod'

export type ManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun'

/** The package manager of a repository and the version to run it with. */
export interface Manager {
  readonly name: ManagerName
  /** An exact version where the repository pins one, else a major version; null: the npm we have. */
  readonly version: string | null
  readonly lockfile: string | null
}

const binaryLockfile = 'bun.lockb'

const lockfiles: Record<ManagerName, readonly string[]> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  bun: ['bun.lock', binaryLockfile],
}

/** Which package manager a repository uses; null where no package.json asks for one. */
export async function detectManager(source: string): Promise<Manager | null> {
  if (!existsSync(join(source, 'package.json'))) return null
  const found = await detect({ cwd: source, stopDir: (directory) => directory === source })
  const name = isManager(found?.name) ? found.name : 'npm'
  const lockfile = lockfiles[name].find((file) => existsSync(join(source, file))) ?? null
  return { name, lockfile, version: pinnedVersion(name, source) ?? defaultVersion(name, source) }
}

const pinning = z.object({ packageManager: z.string() })

/** The detector says `berry` for every modern yarn, so we read the field ourselves; it may also hold an address to load from. */
function pinnedVersion(name: ManagerName, source: string): string | null {
  const manifest = pinning.safeParse(parse(read(source, 'package.json')))
  const [pinned, version] = manifest.success ? manifest.data.packageManager.split('@') : []
  return pinned === name ? valid(version?.split('+')[0] ?? null) : null
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** What an install makes of the lockfile. In bun's binary one nobody can put our registry, and bun asks npm's for what it names. */
export function lockfileUse({ lockfile }: Manager): 'followed' | 'none' | 'binary' {
  if (lockfile === null) return 'none'
  return lockfile === binaryLockfile ? 'binary' : 'followed'
}

/** Major 2 and above are another program under the same name. */
export function isYarnFrom(major: number, { name, version }: Manager): boolean {
  return name === 'yarn' && Number.parseInt(version ?? '1', 10) >= major
}

function isManager(name: string | undefined): name is ManagerName {
  return name !== undefined && Object.hasOwn(lockfiles, name)
}

function defaultVersion(name: ManagerName, source: string): string | null {
  switch (name) {
    case 'npm':
      return null
    case 'bun':
      return '1'
    case 'pnpm':
      return pnpmFor(/^lockfileVersion: '?([\d.]+)/m.exec(read(source, 'pnpm-lock.yaml'))?.[1])
    case 'yarn':
      return yarnFor(/^__metadata:\s+version: (\d+)/m.exec(read(source, 'yarn.lock'))?.[1])
  }
}

/** The last major that writes this lockfile format without changing it. */
function pnpmFor(format: string | undefined): string {
  if (format === undefined || Number(format) >= 9) return '10'
  return Number(format) >= 6 ? '8' : '7'
}

function yarnFor(format: string | undefined): string {
  if (format === undefined) return '1'
  return Number(format) >= 8 ? '4' : '3'
}

function read(source: string, file: string): string {
  const path = join(source, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
