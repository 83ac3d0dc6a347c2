import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { openDatabase } from '#adapters/postgres/database.ts'
import { workflow } from '#domain/workflow.ts'

import { chain, engineWorld, event, fileKinds, type WorldOptions } from './engine-world.ts'

export const workflows = {
  plain: chain('plain', { one: ['append', 'append'], two: ['append'] }),
  refused: chain('refused', { one: ['refuse'] }),
  asking: chain('asking', { one: ['append', 'ask', 'append'] }),
  lingering: chain('lingering', { one: ['append', 'linger'] }),
  shrugging: chain('shrugging', { one: ['append', 'shrug'] }),
  gated: workflow.parse({
    ...chain('gated', { one: ['append'] }),
    jobs: {
      one: {
        steps: [{ uses: 'append' }],
        approval: { environment: 'production', 'timeout-minutes': 10 },
      },
    },
  }),
}

/** A database of its own, and engines that are started on it one after the other. */
export async function engineHouse() {
  const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-engine-'))
  const file = join(directory, 'lines')
  const database = await openDatabase({ databaseUrl: null, directory })
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8') : '').trim().split('\n')
  return {
    directory,
    lines,
    times: (line: string) => lines().filter((other) => other === line).length,
    start: (more: Partial<WorldOptions> = {}) =>
      engineWorld({ directory, kinds: fileKinds(file), workflows, beatMs: 200, ...more }),
    async close() {
      await database.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export const on = (repository: string) => ({ ...event, repository })

export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await what()); tries += 1) {
    if (tries > 1200) throw new Error('It did not come to that.')
    await sleep(25)
  }
}
