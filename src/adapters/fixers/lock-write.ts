import { combine, type Patch } from '#domain/patch.ts'
import type { FixRequest } from '#ports/fixer.ts'

import { readdressed } from '../sandbox/lockfile-addresses.ts'
import { changesIntegrity } from './integrity.ts'
import { laidAside } from './laid-aside.ts'
import { isConflicted } from './lockfile-text.ts'
import { type LockCalls, lockCalls } from './package-manager.ts'

/**
 * The lockfile that belongs to the manifests, written by the repository's own package manager and verified by its frozen
 * install; null where that fails or where it would change what a known package contains.
 */
export async function writtenLock(
  request: Pick<FixRequest, 'workspace' | 'patch'>,
  manifests: Patch,
): Promise<Patch | null> {
  const calls = await lockCalls(request.workspace.source)
  if (calls === null) return null
  const before = request.workspace.read(calls.lockfile, request.patch) ?? ''
  const written = await write(request, calls, manifests)
  if (written === null) return null
  const content = readdressed(written, before)
  if (content === before || isConflicted(content) || changesIntegrity(before, content)) return null
  return [{ path: calls.lockfile, content }]
}

async function write(
  { workspace, patch }: Pick<FixRequest, 'workspace' | 'patch'>,
  calls: LockCalls,
  manifests: Patch,
): Promise<string | null> {
  const { edits, script } = laidAside(manifests)
  const { end, files } = await workspace.run(combine(patch, edits), {
    command: [...script, `${calls.write} && ${calls.verify}`].join('\n'),
    directory: '.',
    // Npm takes its own notes out of installed modules, even where it only says what it would do; those are read-only.
    mounts: workspace.mounts.filter(({ path }) => !/(?:^|\/)node_modules(?:\/|$)/.test(path)),
    network: 'registry',
    collect: true,
    env: { CI: 'true', ...calls.env },
  })
  if (end.kind !== 'exited' || end.exitCode !== 0) return null
  return files.find(({ path }) => path === calls.lockfile)?.content ?? null
}
