import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'

import type { Mount, SandboxRequest } from '#ports/sandbox.ts'

import { ownMark } from '../system/processes.ts'
import { places } from './cell.ts'
import type { Cell, Layer } from './cell.ts'
import { isPlainPath } from './collected.ts'
import { entryArguments } from './entry.ts'
import { execute } from './execute.ts'
import type { Executed } from './execute.ts'
import type { Machine } from './machine.ts'
import { writePatch } from './patch-files.ts'

/** Folders that tools write to below an installed, read-only `node_modules`. An install creates them for us to cover. */
export const writableModuleFolders = [
  '.cache',
  '.tmp',
  '.vite',
  '.vite-temp',
  '.vitest',
  '.vitest-cache',
] as const

export interface Confinement extends Omit<SandboxRequest, 'source'> {
  /** Null: the workspace starts empty. */
  readonly source: string | null
  /** A host directory that is the workspace itself instead of memory; what the command writes there stays. */
  readonly workspace: string | null
  /** The unix socket of a registry mirror, or of another door. */
  readonly registry: string | null
}

/** Runs one command in a fresh cell. Says nothing about whether cells hold: that is the sandbox's to prove. */
export async function confine(machine: Machine, job: Confinement): Promise<Executed> {
  if (job.source !== null && existsSync(join(job.source, '.git'))) {
    throw new Error('The source has a git directory; the sandbox takes files only.')
  }
  const patch = job.patch.length > 0 ? layOut(machine, job) : null
  try {
    return await execute(cellFor(machine, job, patch), machine.host)
  } finally {
    if (patch !== null) rmSync(patch, { recursive: true, force: true })
  }
}

function layOut(machine: Machine, { patch }: Confinement): string {
  const runs = join(machine.home, 'runs')
  mkdirSync(runs, { recursive: true })
  const directory = mkdtempSync(join(runs, `${ownMark}-`))
  chmodSync(directory, 0o755)
  writePatch(patch, directory)
  return directory
}

function cellFor(machine: Machine, job: Confinement, patch: string | null): Cell {
  return {
    layers: [
      readOnly(machine.toolbox.directory, places.toolbox),
      workspaceLayer(machine, job),
      ...job.mounts.flatMap(mountLayers),
      ...(job.source === null ? [] : [readOnly(job.source, places.source)]),
      ...(patch === null ? [] : [readOnly(patch, places.patch)]),
      ...registryLayers(job),
    ],
    env: { ...environment, ...job.env },
    argv: entryArguments({
      command: job.command,
      directory: job.directory,
      processes: machine.limits.processes,
      registry: job.registry !== null,
      collect: job.collect,
    }),
    stdin: job.stdin ?? null,
    timeoutMs: job.timeoutMs,
    signal: job.signal ?? null,
    limits: machine.limits,
  }
}

function workspaceLayer({ limits }: Machine, { workspace }: Confinement): Layer {
  const to = places.workspace
  return workspace === null
    ? { kind: 'scratch', to, bytes: limits.workspace }
    : { kind: 'directory', access: 'write', from: realpathSync(workspace), to }
}

function mountLayers(mount: Mount): Layer[] {
  const to = placeOf(mount.path)
  const covered = to.endsWith('/node_modules') ? writableModuleFolders : []
  return [
    readOnly(mount.from, to),
    ...covered
      .filter((name) => lstatSync(join(mount.from, name), { throwIfNoEntry: false })?.isDirectory())
      .map((name): Layer => ({ kind: 'scratch', to: `${to}/${name}`, bytes: 128 * 1024 * 1024 })),
  ]
}

/** Below the workspace, or a tool of its own below /opt. */
function placeOf(path: string): string {
  if (/^\/opt\/[a-z]+$/.test(path)) return path
  const plain = path.split('/').filter((name) => name !== 'node_modules')
  if (plain.length > 0 && !isPlainPath(plain.join('/'))) {
    throw new Error(`A mount may not be at ${JSON.stringify(path)}.`)
  }
  return `${places.workspace}/${path}`
}

function readOnly(path: string, to: string): Layer {
  const from = realpathSync(path)
  const kind = lstatSync(from).isDirectory() ? 'directory' : 'file'
  return { kind, access: 'read', from, to }
}

function registryLayers({ registry }: Confinement): Layer[] {
  if (registry === null) return []
  return [{ kind: 'file', access: 'read', from: registry, to: places.registry }]
}

/** The whole environment; a command that needs more is given it by name. `CI` is what the checks run under elsewhere. */
const environment = {
  PATH: `/opt/manager/bin:${places.toolbox}/bin:/usr/local/bin:/usr/bin:/bin`,
  HOME: places.home,
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
  CI: 'true',
  // What is installed was installed for exactly these manifests; asking again needs a network.
  pnpm_config_verify_deps_before_run: 'false',
}
