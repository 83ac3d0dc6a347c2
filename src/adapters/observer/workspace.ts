import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'

import type { Sandbox } from '#ports/sandbox.ts'
import type { Workspace, Workspaces } from '#ports/workspace.ts'

interface Parts {
  readonly sandbox: Sandbox
  /** How long one command may take. */
  readonly timeoutMs: number
}

type Place = Pick<Workspace, 'source' | 'mounts'>

/** Workspaces whose commands end when the signal given at opening is aborted. */
export function createWorkspaces(parts: Parts): Workspaces {
  return { open: (place, signal) => createWorkspace({ ...parts, ...place, signal }) }
}

/** One commit's files with commands that run in the sandbox, without a network unless the command asks for one. */
function createWorkspace(parts: Parts & Place & { readonly signal?: AbortSignal }): Workspace {
  const { sandbox, source, mounts, timeoutMs, signal } = parts
  let listed: readonly string[] | null = null
  return {
    source,
    mounts,
    run: (patch, command) =>
      sandbox.run({
        source,
        mounts,
        patch,
        timeoutMs,
        network: 'none',
        collect: false,
        ...(signal ? { signal } : {}),
        ...command,
      }),
    read(path, patch) {
      const edit = patch.findLast((each) => each.path === path)
      return edit ? edit.content : readPlain(source, path)
    },
    files(patch) {
      listed ??= plainFiles(source, '')
      const files = new Set(listed)
      for (const { path, content } of patch) {
        if (content === null) files.delete(path)
        else files.add(path)
      }
      return [...files]
    },
  }
}

/** The text of a plain file below the source; a link on the way may lead anywhere, so it is not followed (fixers.md A5). */
function readPlain(source: string, path: string): string | null {
  const at = join(source, path)
  try {
    const real = join(realpathSync(source), path)
    if (!lstatSync(at).isFile() || realpathSync(at) !== real) return null
    return readFileSync(at, 'utf8')
  } catch {
    return null
  }
}

const left = new Set(['node_modules', '.git'])

function plainFiles(source: string, directory: string): readonly string[] {
  return readdirSync(join(source, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`
    if (left.has(entry.name)) return []
    if (entry.isDirectory()) return plainFiles(source, path.split(sep).join('/'))
    return entry.isFile() ? [path] : []
  })
}
