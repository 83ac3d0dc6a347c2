import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

import type { Dependencies, Installed } from '#ports/dependencies.ts'
import type { Mount, Sandbox } from '#ports/sandbox.ts'

import { writableModuleFolders } from '../sandbox/confine.ts'
import type { Machine } from '../sandbox/machine.ts'
import { SandboxRefused } from '../sandbox/sandbox.ts'
import { installCache, installCommand, installEnvironment } from './commands.ts'
import { detectManager, lockfileUse } from './manager.ts'
import type { Manager } from './manager.ts'
import { findManifests, findPrograms, keyOf } from './manifests.ts'
import { managerPlace, provisionManager } from './provision.ts'
import { createWorkshop } from './workshop.ts'
import type { Workshop } from './workshop.ts'

/** The manager said no; what it printed is the reason. */
class InstallFailed extends Error {
  override readonly name = 'InstallFailed'
}

/** Dependencies installed once per lockfile in the sandbox, without scripts, and kept below the home (fixers.md A5). */
export function createDependencies(
  machine: Machine,
  sandbox: Pick<Sandbox, 'prove'>,
): Dependencies {
  const workshop = createWorkshop(machine)
  return {
    async install(source, signal) {
      const manager = await detectManager(source)
      if (manager === null) return { kind: 'none-declared' }
      const proof = await sandbox.prove()
      if (proof.kind === 'refuses') throw new SandboxRefused(`${proof.because} ${proof.remedy}`)
      return await installOnce(
        { source, manager, ...(signal === undefined ? {} : { signal }) },
        workshop,
      )
    },
  }
}

interface Asked {
  readonly source: string
  readonly manager: Manager
  readonly signal?: AbortSignal
}

async function installOnce(asked: Asked, workshop: Workshop): Promise<Installed> {
  const began = performance.now()
  const { manager, source } = asked
  let fromCache = true
  try {
    const tool = await provisionManager(manager, workshop)
    const mounts = tool === null ? [] : [{ path: managerPlace, from: tool }]
    const manifests = findManifests(source)
    const place = join('modules', keyOf(manager, manifests))
    const kept = await workshop.once(place, async (partial) => {
      fromCache = false
      const seen = [...manifests, ...findPrograms(source, manifests)]
      const job = {
        workspace: join(partial, 'w'),
        manifests: seen,
        command: installCommand(manager),
        env: installEnvironment(manager),
        mounts,
      }
      const made = await workshop.work({ ...job, ...(asked.signal && { signal: asked.signal }) })
      if (made.end.kind !== 'exited' || made.end.exitCode !== 0) {
        throw new InstallFailed(`${made.stdout}\n${made.stderr}`.trim())
      }
      keepModules(partial)
    })
    const durationMs = performance.now() - began
    return {
      kind: 'installed',
      command: installCommand(manager).join(' '),
      mounts: [...mounts, ...mountsOf(kept)],
      fromCache,
      durationMs,
      manager: manager.name,
      lockfile: lockfileUse(manager),
    }
  } catch (error) {
    return failed(manager, error)
  }
}

function failed(manager: Manager, error: unknown): Installed {
  if (!(error instanceof InstallFailed)) throw error
  const command = installCommand(manager).join(' ')
  return { kind: 'failed', manager: manager.name, command, output: error.message.slice(-20_000) }
}

/** Keeps the `node_modules` an install made, at their places, and throws the rest away. */
function keepModules(partial: string): void {
  const workspace = join(partial, 'w')
  rmSync(join(workspace, basename(installCache)), { recursive: true, force: true })
  for (const folder of moduleFolders(workspace)) {
    const place = join(partial, 'tree', relative(workspace, folder))
    mkdirSync(dirname(place), { recursive: true })
    renameSync(folder, place)
    for (const name of writableModuleFolders) {
      // Covered by memory later; a link an install left here must not decide what is covered.
      rmSync(join(place, name), { recursive: true, force: true })
      mkdirSync(join(place, name))
    }
  }
  keepYarnState(partial)
  rmSync(workspace, { recursive: true, force: true })
}

/** Modern yarn runs no script where it does not find this. */
function keepYarnState(partial: string): void {
  const from = join(partial, 'w', yarnState)
  const real = [dirname(from), from].every(
    (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === false,
  )
  if (!real || !lstatSync(from).isFile()) return
  mkdirSync(join(partial, 'tree', dirname(yarnState)), { recursive: true })
  renameSync(from, join(partial, 'tree', yarnState))
}

const yarnState = '.yarn/install-state.gz'

function mountsOf(kept: string): Mount[] {
  const tree = join(kept, 'tree')
  const stat = lstatSync(tree, { throwIfNoEntry: false })
  if (stat === undefined) return []
  const state = join(tree, yarnState)
  const states = lstatSync(state, { throwIfNoEntry: false }) === undefined ? [] : [state]
  return [...moduleFolders(tree), ...states].map((from) => ({ path: relative(tree, from), from }))
}

/** The topmost `node_modules` directories; a link by that name is nobody's to follow. */
function moduleFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.name === 'node_modules' ? [path] : moduleFolders(path)
    })
}
