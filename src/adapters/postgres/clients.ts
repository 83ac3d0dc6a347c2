import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { isMarkAlive, ownMark } from '../system/processes.ts'

/** The processes that use one embedded server, as files named by process; call it under the process lock. */
export interface Clients {
  enter(): Promise<void>
  /** True when nobody alive is left. */
  leave(): Promise<boolean>
}

export function clientsIn(directory: string, token: string): Clients {
  const own = join(directory, `${ownMark}-${token}`)
  return {
    async enter() {
      await mkdir(directory, { recursive: true })
      await writeFile(own, '')
    },
    async leave() {
      await rm(own, { force: true })
      const names = await readdir(directory).catch(() => [])
      const dead = names.filter((name) => !isMarkAlive(name.split('-')[0] ?? ''))
      await Promise.all(dead.map((name) => rm(join(directory, name), { force: true })))
      return dead.length === names.length
    },
  }
}
