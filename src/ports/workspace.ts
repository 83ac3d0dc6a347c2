import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Patch } from '#domain/patch.ts'

import type { Mount, SandboxRequest, SandboxResult } from './sandbox.ts'

/** A commit's files on disk with its dependencies, ready for commands in the sandbox. */
export interface Workspace {
  readonly source: string
  readonly mounts: readonly Mount[]
  /** Runs a command on the files with the patch laid over them. */
  run(
    patch: Patch,
    command: Pick<SandboxRequest, 'command' | 'directory'> & Partial<SandboxRequest>,
  ): Promise<SandboxResult>
  /** A file with the patch laid over it; null when it is not there. */
  read(path: string, patch: Patch): string | null
  /** Relative paths of all plain files with the patch laid over them. */
  files(patch: Patch): readonly string[]
}

/** Makes workspaces of directories that are already on disk. */
export interface Workspaces {
  open(place: Pick<Workspace, 'source' | 'mounts'>, signal: AbortSignal): Workspace
}

/** Runs a check and reads its findings, tool by tool. */
export interface Observer {
  /** The check's own command for the verdict, its tools in a machine format for the findings. */
  observe(workspace: Workspace, check: Check, patch: Patch): Promise<Evidence>
  /** The same, run afresh and never answered from memory: for reruns of what may be flaky. */
  again(workspace: Workspace, check: Check, patch: Patch): Promise<Evidence>
}
