import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** How often it is looked; less often where looking takes long itself. */
const everyMs = 250

interface Bound {
  /** A bare repository. */
  readonly directory: string
  /** Bytes. */
  readonly most: number
  /** Whoever asked wants it no more, and what fetches ends by itself. */
  readonly stop?: AbortSignal | undefined
}

/**
 * Runs what fetches into a repository of ours and ends it once that holds more than it may; null then. Git has a limit for
 * what is pushed to it and none for what it fetches. What comes between two looks may go beyond.
 */
export async function bounded<T>(
  of: Bound,
  fetch: (stop: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const [over, ended] = [new AbortController(), new AbortController()]
  const fetching = fetch(over.signal).finally(() => ended.abort())
  const [fetched] = await Promise.allSettled([fetching, watch(of, over, ended.signal)])
  const isEnded = over.signal.aborted || of.stop?.aborted === true
  if (isEnded) await removeHalfPacks(of.directory)
  if (over.signal.aborted || (await packed(of.directory)) > of.most) return null
  if (fetched.status === 'rejected') throw fetched.reason
  return fetched.value
}

/** The bytes of its packs: quick to tell, for they are few. */
export async function packed(directory: string): Promise<number> {
  return await bytesIn(packsOf(directory))
}

async function watch(
  { directory, most }: Bound,
  over: AbortController,
  ended: AbortSignal,
): Promise<void> {
  let wait = everyMs
  while (!ended.aborted) {
    await pause(wait, null, { signal: ended })
    const before = performance.now()
    if ((await bytesIn(directory)) > most) return over.abort()
    wait = Math.max(everyMs, 20 * (performance.now() - before))
  }
}

/** What its files take; one that goes away meanwhile takes nothing. */
async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  let total = 0
  for (const entry of entries.filter((each) => each.isFile())) {
    const seen = await stat(join(entry.parentPath, entry.name)).catch(() => null)
    total += seen?.size ?? 0
  }
  return total
}

/** What a git that was ended leaves behind. */
async function removeHalfPacks(directory: string): Promise<void> {
  const names = await readdir(packsOf(directory)).catch(() => [])
  const half = names.filter((name) => name.startsWith('tmp_'))
  await Promise.all(half.map((name) => rm(join(packsOf(directory), name), { force: true })))
}

function packsOf(directory: string): string {
  return join(directory, 'objects', 'pack')
}
