import type { ChangedFile } from '#domain/change.ts'
import type { DeployWeighed } from '#domain/rollback.ts'
import { riskOf } from '#policy/risk.ts'
import { rollbackSafetyOf } from '#policy/rollback-safety.ts'
import { workKindOf } from '#policy/work-kind.ts'
import type { Mirror, Repositories } from '#ports/repositories.ts'

export type ChangeReader = Pick<
  Repositories,
  'mirror' | 'changed' | 'read' | 'mergeBase' | 'landed' | 'resolve'
>

/** Reading more than these would take long, and nobody takes back so much without a look. */
const mostFiles = 200

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
  const [read, unread] = [files.slice(0, mostFiles), files.slice(mostFiles)]
  const change: ChangedFile[] = []
  for (const path of read) {
    const before = await reader.read(mirror, from, path)
    change.push({ path, before, after: await reader.read(mirror, of.sha, path) })
  }
  const unreadable = change.filter(({ before, after }) => before === null && after === null)
  const unknown = [...unreadable.map(({ path }) => path), ...unread]
  return {
    committedAt: landed?.at ?? null,
    files: [...files],
    rollback: rollbackSafetyOf(change, unknown),
    // What could not be read may be anything.
    work: unknown.length > 0 ? 'unknown' : workKindOf(change, { repairs: false }),
    risk: riskOf(change),
  }
}

async function baseOf(reader: ChangeReader, mirror: Mirror, sha: string): Promise<string | null> {
  const { defaultBranch } = mirror
  const tip = defaultBranch === null ? null : await reader.resolve(mirror, defaultBranch)
  return tip === null ? null : await reader.mergeBase(mirror, tip, sha)
}
