import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { NoRepository, RepositoryTooLarge } from '#ports/repositories.ts'
import type { Mirror } from '#ports/repositories.ts'

import { authorityFor } from './authority.ts'
import { bounded, packed } from './bounded.ts'
import { defaultBranchOf } from './default-branch.ts'
import { configurationFile, git } from './git.ts'
import type { GitSettings } from './git.ts'
import { originOf } from './origin.ts'
import type { Origin } from './origin.ts'

/**
 * Creates the mirror when there is none and fetches into it. The origin's refs stand below `refs/source`, so they
 * never mix with the branches that we write. Throws `NoRepository` and `RepositoryTooLarge`.
 */
export async function mirrorOf(settings: GitSettings, named: string): Promise<Mirror> {
  const origin = originOf(named)
  const directory = directoryAt(settings, origin)
  if (!existsSync(join(directory, 'HEAD'))) await create(settings, directory)
  const [defaultBranch] = await Promise.all([
    // A server that cannot be asked cannot be fetched from either: that failure has the better words.
    defaultBranchOf(settings, directory, origin).catch(() => null),
    inTurn(directory, () => fetch(settings, directory, origin)),
  ])
  return { directory, origin: origin.address, defaultBranch }
}

/** Where the mirror of an origin stands on this machine. */
export function directoryOf(settings: GitSettings, named: string): string {
  return directoryAt(settings, originOf(named))
}

function directoryAt({ home }: GitSettings, origin: Origin): string {
  return join(home, 'mirrors', directoryName(origin))
}

/** Attributes of a repository may name filters and conversions: with these above them files are the bytes of their blobs. */
const attributes =
  '* !filter -text !eol !ident !diff !merge !working-tree-encoding !export-ignore !export-subst\n'

function directoryName({ name, address }: Origin): string {
  const hash = createHash('sha256').update(address).digest('hex').slice(0, 12)
  return `${name}-${hash}.git`
}

/** Made aside and renamed: another process sees a whole mirror or none. */
async function create(settings: GitSettings, directory: string): Promise<void> {
  const aside = `${directory}.${randomUUID()}`
  await mkdir(aside, { recursive: true })
  // A checkout may belong to another user of the machine; the operator named it.
  await writeFile(configurationFile(settings.home), '[safe]\n\tdirectory = *\n')
  await git(settings, { cwd: aside }, ['init', '--quiet', '--bare', '--template=', '.'])
  await mkdir(join(aside, 'info'), { recursive: true })
  await writeFile(join(aside, 'info', 'attributes'), attributes)
  try {
    await rename(aside, directory)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    if (!existsSync(join(directory, 'HEAD'))) throw error
  }
}

/**
 * Fetches one commit that no branch has, as the head of a fork: the server keeps it for the pull request. Answers whether it
 * is there; a repository on this machine has nothing but its branches.
 */
export async function fetchCommit(
  settings: GitSettings,
  { directory, origin: named }: Mirror,
  sha: string,
): Promise<boolean> {
  const origin = originOf(named)
  if (origin.kind === 'path') return false
  const refs = [`+${sha}:refs/source/asked/${sha}`]
  try {
    await inTurn(directory, () => fetchRefs(settings, directory, { origin, refs }))
    return true
  } catch (error) {
    if (/not our ref|unadvertised object/i.test(String(error))) return false
    throw error
  }
}

const refspecs = [
  '+HEAD:refs/source/HEAD',
  '+refs/heads/*:refs/source/heads/*',
  '+refs/tags/*:refs/source/tags/*',
]

async function fetch(settings: GitSettings, directory: string, origin: Origin): Promise<void> {
  const remotes = origin.kind === 'path' ? ['+refs/remotes/*:refs/source/remotes/*'] : []
  await fetchRefs(settings, directory, { origin, refs: [...refspecs, ...remotes] })
}

async function fetchRefs(
  settings: GitSettings,
  directory: string,
  { origin, refs }: { readonly origin: Origin; readonly refs: readonly string[] },
): Promise<void> {
  const args = ['fetch', '--quiet', '--prune', '--no-tags', '--no-write-fetch-head']
  args.push(
    '--no-recurse-submodules',
    '--no-auto-maintenance',
    '--update-shallow',
    '--end-of-options',
  )
  const env = { GIT_DIR: directory, ...(await authorityFor(settings, origin.address, 'read')) }
  const call = { cwd: directory, env, protocol: origin.protocol }
  const { most = Infinity, stop: over } = settings
  // All of a new mirror comes as one pack; later a few objects at a time, each in a file of its own.
  const unpacked = (await packed(directory)) === 0 ? ['-c', 'fetch.unpackLimit=1'] : []
  const fetched = await bounded({ directory, most, stop: over }, (stop) =>
    retried(() =>
      git(settings, { ...call, stop }, [...unpacked, ...args, origin.address, ...refs]),
    ),
  ).catch((error: unknown) => {
    over?.throwIfAborted()
    throw new NoRepository(sentenceFor(origin, error), { cause: error })
  })
  if (fetched === null) throw new RepositoryTooLarge(tooLarge(origin, most))
}

/** Where its mirror stands is said to nobody: this is shown on GitHub. */
function tooLarge({ address }: Origin, most: number): string {
  return `${address} takes more than ${Math.round(most / 1_000_000)} MB.`
}

/** Another process may hold a ref's lock for the blink of an eye. */
async function retried(run: () => Promise<string>, left = 6): Promise<string> {
  try {
    return await run()
  } catch (error) {
    if (left === 0 || !/cannot lock ref|Unable to create .*\.lock/.test(String(error))) throw error
    await pause(50 * (7 - left))
    return await retried(run, left - 1)
  }
}

function sentenceFor(origin: Origin, error: unknown): string {
  const words = String(error)
  if (/remote ref HEAD/.test(words)) return `${origin.address} has no commit yet.`
  const line = words.split('\n').find((text) => /^(fatal|error|remote):/.test(text)) ?? ''
  return `${origin.address} could not be fetched. ${line}`.trim()
}

const turns = new Map<string, Promise<void>>()

/** Fetches of one mirror in this process go one after the other; they would fight for the same refs. */
async function inTurn(key: string, run: () => Promise<void>): Promise<void> {
  const turn = (turns.get(key) ?? Promise.resolve()).then(run, run)
  turns.set(key, turn)
  await turn
}
