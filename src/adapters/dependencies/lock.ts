import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

let count = 0

/** Waits until a lock file is ours, taking over from processes that are gone. Gives the function that lets it go. */
export async function holdLock(path: string): Promise<() => void> {
  const mine = `${path}.${process.pid}-${(count += 1)}`
  writeFileSync(mine, String(process.pid))
  try {
    while (!take(mine, path)) {
      if (!ownerLives(path)) rmSync(path, { force: true })
      else await sleep(100)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  return () => rmSync(path, { force: true })
}

/** A link either is made or is not, so only one process can have it, and it has its owner in it from the start. */
function take(mine: string, path: string): boolean {
  try {
    linkSync(mine, path)
    return true
  } catch {
    return false
  }
}

function ownerLives(path: string): boolean {
  try {
    return existsSync(`/proc/${readFileSync(path, 'utf8')}`)
  } catch {
    return false
  }
}
