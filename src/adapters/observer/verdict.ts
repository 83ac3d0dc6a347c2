import { posix } from 'node:path'

import type { Check } from '#domain/check.ts'
import type { Patch } from '#domain/patch.ts'
import type { Printed } from '#ports/tool.ts'
import type { Workspace } from '#ports/workspace.ts'

import { installedLast } from './program-path.ts'

/** A check's own command as it ended, with the directory the files lay in. */
export type Verdict = Printed & { readonly durationMs: number; readonly root: string | null }

/**
 * What the commands of a check see, as on a runner of GitHub Actions. xo looks for its own files in the folder of modules but
 * writes them elsewhere where that is read-only, as it is here; this is where both are the same.
 */
export function environmentOf({
  invocations,
}: Pick<Check, 'invocations'>): Readonly<Record<string, string>> {
  const usesXo = invocations.some(({ tool }) => tool === 'xo')
  return { CI: 'true', ...(usesXo && { CACHE_DIR: 'node_modules/.cache' }) }
}

/** Runs the check's command as it is written, after what must have run before it. */
export async function runVerdict(
  workspace: Workspace,
  check: Check,
  patch: Patch,
): Promise<Verdict> {
  const result = await workspace.run(patch, {
    command: ['pwd -P', installedLast(check.directory), ...preparation(check), check.command].join(
      '\n',
    ),
    directory: check.directory,
    env: environmentOf(check),
  })
  const [first = '', ...rest] = result.stdout.split('\n')
  const root = rootOf(first, check.directory)
  return {
    root,
    stdout: root === null ? result.stdout : rest.join('\n'),
    stderr: result.stderr,
    report: null,
    end: result.end,
    durationMs: result.durationMs,
  }
}

/** The commands before the check's own, in a shell of their own so that they change nothing but files. */
export function preparation({ before }: Pick<Check, 'before'>): readonly string[] {
  return before.length === 0 ? [] : ['(', ...before, ')']
}

/** The root, from the directory a command started in. */
export function rootOf(started: string, directory: string): string | null {
  if (!started.startsWith('/')) return null
  const depth = posix
    .normalize(directory)
    .split('/')
    .filter((name) => name !== '.' && name !== '')
  return posix.join(started, ...depth.map(() => '..')).replace(/\/$/, '')
}
