import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { execa } from 'execa'
import { inject } from 'vitest'

import { fixReport, type FixReport } from '#domain/report.ts'

import { furnish } from './lived-in-home.ts'

const root = join(import.meta.dirname, '../..')

/**
 * The home of the stories of one worker: whoever kills processes in one file must not hold a phase of another file's
 * run. That several processes share one database is told by the engine's own stories.
 */
export const home = join(inject('home'), `worker-${process.env['VITEST_POOL_ID'] ?? '1'}`)
if (!existsSync(home)) furnish(home)

export interface Said {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Starts the command line as a user would, in a process of its own. */
export function start(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  return execa(process.execPath, [join(root, 'scripts/goalkeeper.mjs'), ...args], {
    env: { GOALKEEPER_HOME: home, CI: 'true', ...more },
    reject: false,
  })
}

export async function goalkeeper(...args: readonly string[]): Promise<Said> {
  const { exitCode, stdout, stderr } = await start(args)
  return { exitCode, stdout, stderr }
}

/** `fix --json`: the exit code and the report. */
export async function fix(
  directory: string,
  ...args: readonly string[]
): Promise<{ readonly exitCode: number | undefined; readonly report: FixReport }> {
  const { exitCode, stdout, stderr } = await goalkeeper('fix', directory, '--json', ...args)
  if (stdout === '') throw new Error(stderr)
  return { exitCode, report: fixReport.parse(JSON.parse(stdout)) }
}
