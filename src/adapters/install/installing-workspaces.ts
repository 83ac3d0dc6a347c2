import { rm } from 'node:fs/promises'

import type { Patch } from '#domain/patch.ts'
import type { Dependencies, Installed } from '#ports/dependencies.ts'
import type { Mount, SandboxResult } from '#ports/sandbox.ts'
import type { Workspace, Workspaces } from '#ports/workspace.ts'

import { decidesInstallation, installationKey, layOutManifests } from './manifests.ts'

interface Parts {
  readonly dependencies: Dependencies
  /** Where manifests are laid out for a moment. */
  readonly scratch: string
  /** A workspace whose dependencies are fixed. */
  readonly fixed: Workspaces
}

/** Workspaces whose commands see the dependencies their patch asks for: a repaired manifest is installed first. */
export function installingWorkspaces(parts: Parts): Workspaces {
  return {
    open(place, signal) {
      const plain = parts.fixed.open(place, signal)
      const made = new Map<string, Promise<Workspace | SandboxResult>>()
      const forPatch = (patch: Patch): Promise<Workspace | SandboxResult> => {
        const key = installationKey(patch)
        const known = made.get(key) ?? withInstallation(parts, { plain, patch }, signal)
        made.set(key, known)
        return known
      }
      return {
        ...plain,
        async run(patch, command) {
          if (!decidesInstallation(patch)) return plain.run(patch, command)
          const workspace = await forPatch(patch)
          return 'end' in workspace ? workspace : workspace.run(patch, command)
        },
      }
    },
  }

  async function withInstallation(
    { fixed }: Parts,
    { plain, patch }: { plain: Workspace; patch: Patch },
    signal: AbortSignal,
  ): Promise<Workspace | SandboxResult> {
    const installed = await installPatched(parts, { workspace: plain, patch }, signal)
    if (installed.kind === 'failed') return failedRun(installed)
    const mounts: readonly Mount[] = installed.kind === 'installed' ? installed.mounts : []
    return fixed.open({ source: plain.source, mounts }, signal)
  }
}

/** Installs what the patched manifests ask for. */
export async function installPatched(
  { dependencies, scratch }: Pick<Parts, 'dependencies' | 'scratch'>,
  { workspace, patch }: { workspace: Workspace; patch: Patch },
  signal: AbortSignal,
): Promise<Installed> {
  const directory = await layOutManifests(workspace, patch, scratch)
  try {
    return await dependencies.install(directory, signal)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function failedRun(installed: Installed & { kind: 'failed' }): SandboxResult {
  return {
    end: { kind: 'exited', exitCode: 1 },
    stdout: '',
    stderr: installed.output,
    durationMs: 0,
    files: [],
  }
}
