import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

import type { Mount } from '#ports/sandbox.ts'

import { confine } from '../sandbox/confine.ts'
import type { Executed } from '../sandbox/execute.ts'
import { sandboxUser } from '../sandbox/launch.ts'
import type { Machine } from '../sandbox/machine.ts'
import { registryEnvironment } from '../sandbox/registry-environment.ts'
import { withProcessLock } from '../system/process-lock.ts'
import { ownMark } from '../system/processes.ts'
import { watchDisk } from './disk.ts'
import type { Manifest } from './manifests.ts'

interface Work {
  /** A new host directory that becomes the workspace; what is written there stays. */
  readonly workspace: string
  readonly manifests: readonly Manifest[]
  readonly command: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  readonly mounts: readonly Mount[]
  readonly signal?: AbortSignal
}

/** Makes directories below the home that are kept: inside a cell with a registry, once, whole or not at all. */
export interface Workshop {
  /** Gives `<home>/<place>`, made by `make` in a partial directory when it is not there. Others wait meanwhile. */
  once(place: string, make: (partial: string) => Promise<void>): Promise<string>
  work(job: Work): Promise<Executed>
}

const tenMinutes = 10 * 60_000
const diskBytes = 4 * 1024 ** 3

export function createWorkshop(machine: Machine): Workshop {
  return {
    async once(place, make) {
      const final = join(machine.home, place)
      if (existsSync(final)) return final
      mkdirSync(dirname(final), { recursive: true })
      await withProcessLock(`${final}.lock`, async () => {
        if (!existsSync(final)) await replace(final, make)
      })
      return final
    },
    work: async (job) => await workIn(machine, job),
  }
}

async function replace(final: string, make: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${final}.partial`
  // Left over from a process that was killed; the lock is ours now.
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial)
  try {
    await make(partial)
    renameSync(partial, final)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

async function workIn(machine: Machine, job: Work): Promise<Executed> {
  mkdirSync(job.workspace)
  if (machine.host.root) chownSync(job.workspace, sandboxUser, sandboxUser)
  const source = layOut(machine, job.manifests)
  const disk = watchDisk(job.workspace, diskBytes)
  const registry = await machine.openRegistry()
  try {
    return await confine(machine, {
      source,
      workspace: job.workspace,
      registry: registry.socket,
      command: job.command,
      mounts: job.mounts,
      env: { ...registryEnvironment, ...job.env },
      signal: job.signal === undefined ? disk.signal : AbortSignal.any([disk.signal, job.signal]),
      patch: [],
      directory: '.',
      timeoutMs: tenMinutes,
      network: 'registry',
      collect: false,
    })
  } finally {
    disk.stop()
    await registry.close()
    rmSync(source, { recursive: true, force: true })
  }
}

function layOut(machine: Machine, manifests: readonly Manifest[]): string {
  const runs = join(machine.home, 'runs')
  mkdirSync(runs, { recursive: true })
  const source = mkdtempSync(join(runs, `${ownMark}-`))
  chmodSync(source, 0o755)
  mkdirSync(join(source, '.goalkeeper-cache'))
  for (const { path, content, mode } of manifests) {
    mkdirSync(dirname(join(source, path)), { recursive: true })
    writeFileSync(join(source, path), content, { mode })
  }
  return source
}
