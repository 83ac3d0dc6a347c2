import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The processes that use one embedded server, as files named by process id; call it under the process lock. */
export interface Clients {
  enter(): Promise<void>
  /** True when nobody alive is left. */
  leave(): Promise<boolean>
}

export function clientsIn(directory: string, token: string): Clients {
  const own = join(directory, `${process.pid}-${token}`)
  return {
    async enter() {
      await mkdir(directory, { recursive: true })
      await writeFile(own, birthOf(process.pid) ?? '')
    },
    async leave() {
      await rm(own, { force: true })
      const names = await readdir(directory).catch(() => [])
      const dead = names.filter((name) => !isSameProcess(directory, name))
      await Promise.all(dead.map((name) => rm(join(directory, name), { force: true })))
      return dead.length === names.length
    },
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process cannot be signalled, yet it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Process ids are used again: the same one with another birth is another process. */
function isSameProcess(directory: string, name: string): boolean {
  const pid = Number(name.split('-')[0])
  if (!isAlive(pid)) return false
  const birth = birthOf(pid)
  return birth === null || birth === readFileSync(join(directory, name), 'utf8')
}

/** Clock ticks since boot at which a process started; null where there is no /proc. */
function birthOf(pid: number): string | null {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return null
  const fields = readFileSync(file, 'utf8')
  // The name in parentheses may hold spaces; the start time is the 20th field after it.
  return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
