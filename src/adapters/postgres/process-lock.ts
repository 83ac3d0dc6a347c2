import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { isAlive } from './clients.ts'

const longestHeldMs = 120_000

/** Runs `work` while no other process holds the lock file; a lock whose process died is taken over. */
export async function withProcessLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!(await taken(file))) {
    if (await isStale(file)) await takeAway(file)
    else await sleep(25)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function taken(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const [holder, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)])
    // An empty file is a lock whose holder is between creating and writing it.
    const age = Date.now() - mtimeMs
    return age > longestHeldMs || (holder === '' ? age > 1000 : !isAlive(Number(holder)))
  } catch {
    return false
  }
}

/** Renaming is atomic: of several processes that saw the dead one's lock, one takes it away. */
async function takeAway(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  await rename(file, aside).catch(() => undefined)
  await rm(aside, { force: true })
}
