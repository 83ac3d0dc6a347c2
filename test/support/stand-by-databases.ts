import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { execa } from 'execa'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** What stands by for all tests of a run. */
    servers: readonly Server[]
  }
}

export interface Server {
  readonly name: string
  readonly url: string
  /** A migrated database to copy; null on a server of somebody else's, which is taken as it is. */
  readonly template: string | null
}

const child = join(import.meta.dirname, 'stand-by-child.ts')

/** The servers that are there on this machine, for as long as the run of tests lasts. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const standing = execa(process.execPath, [child], { stdin: 'pipe', stderr: 'inherit' })
  const [line] = await Promise.race([
    once(createInterface(standing.stdout), 'line'),
    standing.then(gone),
  ])
  provide('servers', JSON.parse(String(line)))
  return async () => {
    standing.stdin.end()
    await standing
  }
}

function gone(): never {
  throw new Error('No database came up.')
}

/** Another database on the same server. */
export function databaseOn(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}
