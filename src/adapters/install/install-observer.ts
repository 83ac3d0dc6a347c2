import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Dependencies, Installed } from '#ports/dependencies.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'
import type { Clock } from '#ports/world.ts'

import { installPatched } from './installing-workspaces.ts'

interface Parts {
  readonly dependencies: Dependencies
  readonly scratch: string
  readonly clock: Clock
  readonly redact: (text: string) => string
  /** Reads what a package manager printed. */
  readonly findingsIn: (output: string) => readonly Finding[]
  /** Observes every check but the installation. */
  readonly others: Observer
}

/** Makes the installation of the dependencies a check like any other: red with findings, green when it installs. */
export function observerWithInstall(parts: Parts): Observer {
  return {
    observe: (workspace, check, patch) =>
      isInstall(check)
        ? observeInstall(parts, workspace, patch)
        : parts.others.observe(workspace, check, patch),
    again: (workspace, check, patch) =>
      isInstall(check)
        ? observeInstall(parts, workspace, patch)
        : parts.others.again(workspace, check, patch),
  }
}

function isInstall({ invocations }: Check): boolean {
  return invocations.length === 1 && invocations[0]?.tool === 'install'
}

async function observeInstall(parts: Parts, workspace: Workspace, patch: Patch): Promise<Evidence> {
  const started = parts.clock.now().getTime()
  const never = new AbortController().signal
  const installed = await installPatched(parts, { workspace, patch }, never)
  const durationMs = parts.clock.now().getTime() - started
  return evidenceOf(parts, installed, durationMs)
}

function evidenceOf(parts: Parts, installed: Installed, durationMs: number): Evidence {
  if (installed.kind !== 'failed')
    return {
      command: 'command' in installed ? installed.command : 'install',
      end: { kind: 'exited', exitCode: 0 },
      durationMs,
      outputTail: '',
      findings: [],
    }
  return {
    command: installed.command,
    end: { kind: 'exited', exitCode: 1 },
    durationMs,
    outputTail: parts.redact(installed.output).slice(-8_000),
    findings: [...parts.findingsIn(installed.output)],
  }
}
