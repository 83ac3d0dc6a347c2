import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

import { git, run } from '../proving/shell.ts'
import { type Failure, repairFile } from './broken-repository.ts'

export interface ByHand {
  /** From nothing to the commit, with the failing command alone. */
  readonly totalMs: number
  /** The same with the types and the tests that reach the file run as well: what Goalkeeper proves. */
  readonly provedMs: number
  /** From nothing to the end of the command's first run. */
  readonly firstResultMs: number
  /** Of that: fetching the code and, when cold, its dependencies. */
  readonly fetchMs: number
}

/**
 * The floor: what somebody does who knows the answer. Fetch (or clone and `npm ci` where nothing is there), the command
 * red, the right line written, the command green, a commit.
 */
export async function fixByHand(
  origin: string,
  { clone, failure, sha }: { clone: string; failure: Failure; sha: string },
): Promise<ByHand> {
  const command = ['bash', '-c', failure.command] as const
  const started = performance.now()
  await checkOut(origin, clone, sha)
  const fetchMs = performance.now() - started
  const before = await run(command, clone)
  const firstResultMs = performance.now() - started
  repairFile(clone, failure)
  const after = await run(command, clone)
  await git(clone, 'commit', '-q', '-m', `fix: ${failure.name}`, '--', failure.file)
  const totalMs = performance.now() - started
  if (before.ok || !after.ok) throw new Error(`${failure.name}: ${before.output}\n${after.output}`)
  for (const each of failure.beside) {
    const beside = await run(['bash', '-c', each], clone)
    if (!beside.ok) throw new Error(`${each}: ${beside.output}`)
  }
  const provedMs = performance.now() - started
  return { totalMs, provedMs, firstResultMs, fetchMs }
}

async function checkOut(origin: string, clone: string, sha: string): Promise<void> {
  if (existsSync(clone)) {
    await git(clone, 'fetch', '-q', 'origin', 'main')
    await git(clone, 'checkout', '-q', '--detach', sha)
    return
  }
  await git('/', 'clone', '-q', origin, clone)
  await git(clone, 'checkout', '-q', '--detach', sha)
  const installed = await run(['npm', 'ci', '--no-audit', '--no-fund'], clone)
  if (!installed.ok) throw new Error(installed.output)
}

/** Throws a clone away, dependencies and all. */
export function forget(clone: string): void {
  rmSync(join(clone), { recursive: true, force: true })
}
