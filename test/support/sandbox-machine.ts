import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

import { prepareMachine } from '#adapters/sandbox/machine.ts'
import type { Machine, MachineOptions } from '#adapters/sandbox/machine.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import type { SandboxRequest, SandboxResult } from '#ports/sandbox.ts'

/** Kept between test runs: filling the toolbox copies a Node. Node strips no types below node_modules. */
const home = join(tmpdir(), `goalkeeper-sandbox-${userInfo().uid}`)

export function testMachine(options: Partial<MachineOptions> = {}): Machine {
  return prepareMachine({ home, ...options })
}

/** A new directory for one test; files by path. */
export function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'goalkeeper-test-')))
  // A checkout is readable for everybody; what is not is copied by root first, which one test is about.
  chmodSync(directory, 0o755)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
  return directory
}

export interface SandboxWorld {
  readonly machine: Machine
  /** Runs on a source directory made of these files, or on a directory that exists. */
  run(
    source: string | Readonly<Record<string, string>>,
    request: Partial<Omit<SandboxRequest, 'command'>> & Pick<SandboxRequest, 'command'>,
  ): Promise<SandboxResult>
}

const nothing: Omit<SandboxRequest, 'source' | 'command'> = {
  patch: [],
  mounts: [],
  directory: '.',
  timeoutMs: 30_000,
  network: 'none',
  collect: false,
}

export function sandboxWorld(options: Partial<MachineOptions> = {}): SandboxWorld {
  const machine = testMachine(options)
  const sandbox = createSandbox(machine)
  return {
    machine,
    async run(source, request) {
      const made = typeof source === 'string' ? null : directoryWith(source)
      try {
        const place = made ?? (typeof source === 'string' ? source : '')
        return await sandbox.run({ ...nothing, source: place, ...request })
      } finally {
        if (made !== null) rmSync(made, { recursive: true, force: true })
      }
    },
  }
}
