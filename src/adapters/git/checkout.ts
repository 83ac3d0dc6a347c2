import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { type Mirror, type Omitted, RepositoryTooLarge } from '#ports/repositories.ts'

import { git } from './git.ts'
import type { GitSettings } from './git.ts'
import { staysInside } from './links.ts'
import { entriesOf, textOf, withScratch } from './trees.ts'
import type { Entry } from './trees.ts'
import { workOf } from './work.ts'

/** The files of a commit on disk, without a git directory and as the bytes of their blobs: no filter runs. */
export async function checkout(
  settings: GitSettings,
  mirror: Mirror,
  at: { readonly sha: string; readonly runId: string },
): Promise<string> {
  const directory = join(workOf(settings.home, at.runId), at.sha)
  if (existsSync(directory)) return directory
  const aside = `${directory}.${randomUUID()}`
  await mkdir(aside, { recursive: true })
  await withScratch(settings, (scratch) =>
    fill(settings, { mirror, sha: at.sha, aside, index: join(scratch, 'index') }),
  )
  await makeReadable(settings.home, at.runId, aside)
  await settle(aside, directory)
  return directory
}

/** Links that lead out of the tree, and submodules: a checkout leaves them out. */
export async function omitted(
  settings: GitSettings,
  mirror: Mirror,
  sha: string,
): Promise<readonly Omitted[]> {
  return omittedAmong(settings, mirror, await entriesOf(settings, mirror, { sha }))
}

async function omittedAmong(
  settings: GitSettings,
  mirror: Mirror,
  entries: readonly Entry[],
): Promise<readonly Omitted[]> {
  const submodules = entries.filter(({ mode }) => mode === '160000')
  const links = new Map(await Promise.all(entries.filter(isLink).map(target)))
  return [
    ...submodules.map(({ path }) => ({ path, because: 'submodule' as const })),
    ...[...links.keys()]
      .filter((path) => !staysInside(path, links))
      .map((path) => ({ path, because: 'symlink-leaves-tree' as const })),
  ]

  async function target({ path, object }: Entry): Promise<[string, string]> {
    return [path, (await textOf(settings, mirror, object)) ?? '/']
  }
}

function isLink({ mode }: Entry): boolean {
  return mode === '120000'
}

interface Filling {
  readonly mirror: Mirror
  readonly sha: string
  readonly aside: string
  readonly index: string
}

async function fill(settings: GitSettings, to: Filling): Promise<void> {
  const env = { GIT_DIR: to.mirror.directory, GIT_WORK_TREE: to.aside, GIT_INDEX_FILE: to.index }
  const call = { cwd: to.aside, env }
  const entries = await entriesOf(settings, to.mirror, to)
  refuseTooLarge(settings, to, entries)
  const [left] = await Promise.all([
    omittedAmong(settings, to.mirror, entries),
    git(settings, call, ['read-tree', to.sha]),
  ])
  if (left.length > 0) {
    const input = left.map(({ path }) => `0 ${'0'.repeat(40)}\t${path}\0`).join('')
    await git(settings, { ...call, input }, ['update-index', '-z', '--index-info'])
  }
  await git(settings, call, ['checkout-index', '--all', '--force', '--quiet'])
}

/** A pack of kilobytes may hold files of gigabytes. */
function refuseTooLarge(
  { most = Infinity }: GitSettings,
  { mirror: { origin }, sha }: Filling,
  entries: readonly Entry[],
): void {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total <= most) return
  const [has, limit] = [total, most].map((bytes) => Math.round(bytes / 1_000_000))
  throw new RepositoryTooLarge(
    `${origin}: the files of ${sha} are ${has} MB, ${limit} MB is the most.`,
  )
}

/** Commands run as another user of the machine: what a strict umask took away is given back. */
async function makeReadable(home: string, runId: string, top: string): Promise<void> {
  await chmod(join(home, 'work'), 0o755)
  await chmod(workOf(home, runId), 0o755)
  await chmod(top, 0o755)
  if ((process.umask() & 0o055) === 0) return
  for (const entry of await readdir(top, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    // The executable bit survives a strict umask for the owner; only git's two modes exist.
    if (entry.isFile()) await chmod(path, (await isExecutable(path)) ? 0o755 : 0o644)
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return ((await stat(path)).mode & 0o100) !== 0
}

async function settle(aside: string, directory: string): Promise<void> {
  try {
    await rename(aside, directory)
  } catch (error) {
    // Somebody else was faster with the same files.
    await rm(aside, { recursive: true, force: true })
    if (!existsSync(directory)) throw error
  }
}
