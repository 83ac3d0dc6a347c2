import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { isMarkAlive, ownMark } from './processes.ts'

const everyMs = 25
let count = 0

/** Runs `work` while nobody else holds the lock file; that of a process that died is taken over. */
export async function withProcessLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = `${file}.${ownMark}-${(count += 1)}`
  await writeFile(mine, ownMark)
  try {
    while (!(await takes(mine, file))) {
      if (await isLeft(file)) await breakOpen(mine, file)
      else await sleep(everyMs)
    }
  } finally {
    await rm(mine, { force: true })
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** A link either is made or is not, so only one can have it, and it names its owner from the start. */
async function takes(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function isLeft(file: string): Promise<boolean> {
  try {
    return !isMarkAlive(await readFile(file, 'utf8'))
  } catch {
    return false
  }
}

/** One at a time and after another look: whoever comes late must not remove the lock that another just took. */
async function breakOpen(mine: string, file: string): Promise<void> {
  const breaking = `${file}.breaking`
  if (!(await takes(mine, breaking))) {
    if (await isLeft(breaking)) await rm(breaking, { force: true })
    else await sleep(everyMs)
    return
  }
  if (await isLeft(file)) await rm(file, { force: true })
  await rm(breaking, { force: true })
}
