import type { FileEdit } from '#domain/patch.ts'
import type { Sandbox, SandboxProof, SandboxRequest, SandboxResult } from '#ports/sandbox.ts'

import { acceptCollected } from './collected.ts'
import { confine } from './confine.ts'
import type { Executed } from './execute.ts'
import { withPublicAddresses } from './lockfile-addresses.ts'
import type { Machine } from './machine.ts'
import { proveSandbox } from './proof.ts'
import { registryEnvironment } from './registry-environment.ts'

/** Repository code was about to run where the sandbox does not hold. */
export class SandboxRefused extends Error {
  override readonly name = 'SandboxRefused'
}

/** The command could not be started: the source does not fit into the workspace or cannot be read. */
class SandboxBroken extends Error {
  override readonly name = 'SandboxBroken'
}

/** The sandbox of fixers.md A4: bubblewrap without root, limits, seccomp, nothing inside but the files and our toolbox. */
export function createSandbox(machine: Machine): Sandbox {
  let proof: Promise<SandboxProof> | null = null
  const prove = async (): Promise<SandboxProof> => {
    proof ??= proveSandbox(machine)
    const found = await proof
    // A refusal is asked again: somebody may have followed the remedy.
    if (found.kind === 'refuses') proof = null
    return found
  }
  return {
    prove,
    async run(request) {
      const found = await prove()
      if (found.kind === 'refuses') throw new SandboxRefused(`${found.because} ${found.remedy}`)
      return await runProved(machine, request)
    },
  }
}

async function runProved(machine: Machine, request: SandboxRequest): Promise<SandboxResult> {
  const ran = await connected(machine, request)
  if (!ran.started && ran.end.kind === 'exited') {
    throw new SandboxBroken(`The sandbox could not start the command: ${ran.stderr.trim()}`)
  }
  return {
    end: ran.end,
    stdout: ran.stdout,
    stderr: ran.stderr,
    durationMs: ran.durationMs,
    files: request.collect ? collected(machine, request, ran.handedBack) : [],
  }
}

function collected(
  machine: Machine,
  request: SandboxRequest,
  printed: string,
): readonly FileEdit[] {
  const { source } = request
  const files = acceptCollected(printed, { source, fileBytes: machine.limits.collectedFile })
  return request.network === 'registry' ? withPublicAddresses(files, source) : files
}

/** With a registry or a door on loopback for as long as the command runs, or with no network at all. */
async function connected(machine: Machine, request: SandboxRequest): Promise<Executed> {
  const job = { ...request, workspace: null }
  if (request.network === 'none') return await confine(machine, { ...job, registry: null })
  if (request.network !== 'registry')
    return await confine(machine, { ...job, registry: request.network.socket })
  const registry = await machine.openRegistry()
  try {
    const env = { ...registryEnvironment, ...request.env }
    return await confine(machine, { ...job, env, registry: registry.socket })
  } finally {
    await registry.close()
  }
}
