import type { Check } from '#domain/check.ts'
import type { Place } from '#domain/place.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import type { Dependencies, Installed } from '#ports/dependencies.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { Workspace, Workspaces } from '#ports/workspace.ts'

export interface WorkspacePorts {
  readonly repositories: Pick<Repositories, 'checkout'>
  readonly dependencies: Dependencies
  readonly workspaces: Workspaces
}

export interface OpenedWorkspace {
  readonly workspace: Workspace
  readonly installed: Installed
}

/**
 * The files of a commit with their dependencies. Asking again is cheap: the checkout is kept for the run and the
 * installation for its lockfile, so every step opens it anew and a restart needs no memory of the process before.
 */
export async function workspaceAt(
  ports: WorkspacePorts,
  { place, sha }: { place: Place; sha: string },
  { runId, signal }: { runId: string; signal: AbortSignal },
): Promise<OpenedWorkspace> {
  const source = await ports.repositories.checkout(place.mirror, sha, runId)
  const installed = await ports.dependencies.install(source, signal)
  const mounts = installed.kind === 'installed' ? installed.mounts : []
  return { workspace: ports.workspaces.open({ source, mounts }, signal), installed }
}

/** The same workspace with the time that the repository's configuration gives each command. */
export function within(
  workspace: Workspace,
  configuration: RepositoryConfiguration | null,
): Workspace {
  if (configuration === null) return workspace
  const timeoutMs = configuration.limits['timeout-minutes'] * 60_000
  return { ...workspace, run: (patch, command) => workspace.run(patch, { timeoutMs, ...command }) }
}

/** The installation of the dependencies seen as a check: red when the frozen install fails. */
export function installCheck(): Check {
  return {
    name: 'install',
    command: 'install',
    directory: '.',
    origin: 'workflow',
    before: [],
    invocations: [{ tool: 'install', argv: ['install'], directory: '.' }],
    mode: 'apply',
  }
}
