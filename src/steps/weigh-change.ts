import type { Change, ChangedFile } from '#domain/change.ts'
import { type DeployWeighed, mostWeighed } from '#domain/rollback.ts'
import { riskOf } from '#policy/risk.ts'
import { rollbackSafetyOf } from '#policy/rollback-safety.ts'
import { workKindOf } from '#policy/work-kind.ts'
import type { Mirror, Repositories } from '#ports/repositories.ts'

export type ChangeReader = Pick<
  Repositories,
  'mirror' | 'changed' | 'read' | 'mergeBase' | 'landed' | 'resolve'
>

/**
 * What a commit brings, and whether it could be taken back: against what it landed on, and where it has not landed,
 * against what it was made from. Null where there is no such commit.
 */
export async function weighed(
  reader: ChangeReader,
  of: { readonly origin: string; readonly sha: string; readonly isMerged: boolean },
): Promise<DeployWeighed | null> {
  const mirror = await reader.mirror(of.origin)
  if ((await reader.resolve(mirror, of.sha)) === null) return null
  const [landed] = await reader.landed(mirror, of.sha, 1)
  const from = of.isMerged ? (landed?.parents[0] ?? null) : await baseOf(reader, mirror, of.sha)
  if (from === null) return null
  const files = await reader.changed(mirror, from, of.sha)
  const [read, unread] = [files.slice(0, mostWeighed), files.slice(mostWeighed)]
  const change = await textsOf(reader, { mirror, from, sha: of.sha }, read)
  const unknown = [...unreadableIn(change), ...unread]
  return {
    committedAt: landed?.at ?? null,
    files: [...files],
    rollback: rollbackSafetyOf(change, unknown),
    // What could not be read may be anything.
    work: unknown.length > 0 ? 'unknown' : workKindOf(change, { repairs: false }),
    risk: riskOf(change),
  }
}

/**
 * What is in a commit and not in another one that is live: all its paths, and the texts where `isWanted` says so of the
 * paths; `change` is null where not all could be read, and all of it where a commit is not there.
 */
export async function changeBetween(
  reader: ChangeReader,
  of: {
    readonly origin: string
    readonly from: string
    readonly sha: string
    readonly isMerged: boolean
  },
  isWanted: (files: readonly string[]) => boolean,
): Promise<{ readonly files: readonly string[]; readonly change: Change | null } | null> {
  const mirror = await reader.mirror(of.origin)
  const known = [await reader.resolve(mirror, of.sha), await reader.resolve(mirror, of.from)]
  if (known.includes(null)) return null
  // What a branch has not yet of the default one is no change of its own.
  const from = of.isMerged ? of.from : await reader.mergeBase(mirror, of.from, of.sha)
  if (from === null) return null
  const files = await reader.changed(mirror, from, of.sha)
  if (files.length > mostWeighed || !isWanted(files)) return { files, change: null }
  const change = await textsOf(reader, { mirror, from, sha: of.sha }, files)
  return { files, change: unreadableIn(change).length > 0 ? null : change }
}

async function textsOf(
  reader: ChangeReader,
  { mirror, from, sha }: { readonly mirror: Mirror; readonly from: string; readonly sha: string },
  paths: readonly string[],
): Promise<readonly ChangedFile[]> {
  const change: ChangedFile[] = []
  for (const path of paths) {
    const before = await reader.read(mirror, from, path)
    change.push({ path, before, after: await reader.read(mirror, sha, path) })
  }
  return change
}

/** Neither was nor is a text: a link, a file of bytes, a module of git. */
function unreadableIn(change: Change): readonly string[] {
  return change
    .filter(({ before, after }) => before === null && after === null)
    .map(({ path }) => path)
}

async function baseOf(reader: ChangeReader, mirror: Mirror, sha: string): Promise<string | null> {
  const { defaultBranch } = mirror
  const tip = defaultBranch === null ? null : await reader.resolve(mirror, defaultBranch)
  return tip === null ? null : await reader.mergeBase(mirror, tip, sha)
}
