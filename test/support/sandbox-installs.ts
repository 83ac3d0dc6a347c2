import { rmSync } from 'node:fs'

import { createDependencies } from '#adapters/dependencies/dependencies.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import type { Dependencies, Installed } from '#ports/dependencies.ts'
import type { Mount } from '#ports/sandbox.ts'

import { directoryWith, sandboxWorld } from './sandbox-machine.ts'
import type { SandboxWorld } from './sandbox-machine.ts'
import { fakeRegistry } from './sandbox-registry.ts'
import type { FakeRegistry } from './sandbox-registry.ts'

export const left = {
  name: 'left',
  version: '1.0.0',
  files: { 'index.js': 'module.exports = "left"\n' },
}
const evil = {
  name: 'evil',
  version: '1.0.0',
  files: { 'index.js': '', 'run.js': 'require("fs").writeFileSync("ran", "")' },
  manifest: {
    scripts: { preinstall: 'node run.js', install: 'node run.js', postinstall: 'node run.js' },
  },
}
/** A package manager by the name of pnpm that makes `node_modules` and says how it was called. */
const tool = {
  name: 'pnpm',
  version: '9.9.9',
  manifest: { bin: { pnpm: 'bin/pnpm.cjs' } },
  files: {
    'bin/pnpm.cjs': `const fs = require('node:fs')
      fs.mkdirSync('node_modules/called', { recursive: true })
      fs.writeFileSync('node_modules/called/with', process.argv.slice(2).join(' '))
      fs.symlinkSync('/etc', 'node_modules/.cache')
      fs.mkdirSync('packages/a', { recursive: true })
      fs.symlinkSync('/etc', 'packages/a/node_modules')`,
  },
}

export interface InstallWorld {
  readonly registry: FakeRegistry
  readonly sandbox: SandboxWorld
  /** With an empty cache each time. */
  dependencies(): Dependencies
  repository(files: Readonly<Record<string, string>>): string
  close(): void
}

export async function installWorld(): Promise<InstallWorld> {
  const registry = await fakeRegistry([left, evil, tool])
  const sandbox = sandboxWorld({ upstream: { url: registry.url, certificates: null } })
  const made: string[] = []
  const repository: InstallWorld['repository'] = (files) => {
    const directory = directoryWith(files)
    made.push(directory)
    return directory
  }
  return {
    registry,
    sandbox,
    repository,
    dependencies() {
      const machine = { ...sandbox.machine, home: repository({}) }
      return createDependencies(machine, createSandbox(machine))
    },
    close() {
      registry.close()
      for (const directory of made) rmSync(directory, { recursive: true, force: true })
    },
  }
}

export function manifest(fields: object): string {
  return JSON.stringify({ name: 'shop', version: '1.0.0', ...fields })
}

/** An npm lockfile with one dependency, from a registry that does not exist. */
export function lockfile(name: string, integrity: string): string {
  const resolved = `https://registry.example.com/some/path/${name}/-/${name}-1.0.0.tgz`
  const packages = {
    '': { name: 'shop', version: '1.0.0', dependencies: { [name]: '1.0.0' } },
    [`node_modules/${name}`]: { version: '1.0.0', resolved, integrity },
  }
  return manifest({ lockfileVersion: 3, requires: true, packages })
}

export function mountsOf(installed: Installed): readonly Mount[] {
  if (installed.kind !== 'installed') throw new Error(JSON.stringify(installed))
  return installed.mounts
}
