import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { isMarkAlive } from '../system/processes.ts'

/** Where the files of a run stand. Throws on an id that is not one plain name. */
export function workOf(home: string, runId: string): string {
  if (!/^[A-Za-z\d][\w.-]{0,199}$/.test(runId)) throw new Error('This is not the id of a run.')
  return join(home, 'work', runId)
}

/** Removes what a run left on disk. */
export async function release(home: string, runId: string): Promise<void> {
  await rm(workOf(home, runId), { recursive: true, force: true, maxRetries: 3 })
}

/** A deploy is over within a day; who asks for one after so long asks in vain, and it is not begun again (see commandCarrier). */
const commandKeptMs = 30 * 86_400_000

/** Removes what was noted of commands that deployed long ago. */
async function sweepCommands(home: string, now: Date): Promise<void> {
  await removeFrom(
    join(home, 'deploy-commands'),
    async (_name, path) => await isOlder(path, now, commandKeptMs),
  )
}

/** Younger directories may belong to a run that was not yet in the list when it was read. */
const graceMs = 60_000

/**
 * Removes the work directories of runs that are over, and scratch of processes that died: an installation may use
 * its scratch for many minutes. Answers the ids it removed. `now` is the time to judge ages by.
 */
export async function sweep(
  home: string,
  unfinished: ReadonlySet<string>,
  now: Date,
): Promise<readonly string[]> {
  await sweepCommands(home, now)
  await removeFrom(join(home, 'scratch'), (name) => !isMarkAlive(name.split('-')[0] ?? ''))
  return removeFrom(
    join(home, 'work'),
    async (name, path) => !unfinished.has(name) && (await isOld(path, now)),
  )
}

async function removeFrom(
  folder: string,
  isLeft: (name: string, path: string) => boolean | Promise<boolean>,
): Promise<readonly string[]> {
  const removed: string[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    if (!(await isLeft(name, path))) continue
    await rm(path, { recursive: true, force: true, maxRetries: 3 })
    removed.push(name)
  }
  return removed
}

function isOld(path: string, now: Date): Promise<boolean> {
  return isOlder(path, now, graceMs)
}

async function isOlder(path: string, now: Date, thanMs: number): Promise<boolean> {
  const seen = await stat(path).catch(() => null)
  return seen !== null && now.getTime() - seen.mtimeMs > thanMs
}
