import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { installEnvironment } from './commands.ts'
import { isYarnFrom } from './manager.ts'
import type { Manager } from './manager.ts'
import type { Workshop } from './workshop.ts'

/** Where a pinned package manager appears inside; its `bin` comes first in PATH. */
export const managerPlace = '/opt/manager'

const packageJson = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) })

/**
 * The package manager in the version a repository pins, installed once through the mirror, in the sandbox.
 * Gives the directory to mount at `/opt/manager`, or null for the npm of our toolbox. Throws with npm's output.
 */
export async function provisionManager(
  manager: Manager,
  workshop: Workshop,
): Promise<string | null> {
  if (manager.version === null) return null
  const from = packageOf(manager)
  const key = `${manager.name}@${manager.version}-${process.arch}`
  return await workshop.once(join('managers', key), async (partial) => {
    const made = await workshop.work({
      workspace: join(partial, 'tool'),
      manifests: [{ path: 'package.json', content: Buffer.from('{}'), mode: 0o644 }],
      command: [
        'npm',
        'install',
        '--ignore-scripts',
        '--no-package-lock',
        `${from}@${manager.version}`,
      ],
      env: installEnvironment({ name: 'npm', version: null, lockfile: null }),
      mounts: [],
    })
    if (made.end.kind !== 'exited' || made.end.exitCode !== 0) {
      throw new Error(
        `${from}@${manager.version} could not be installed: ${made.stderr.slice(-2000)}`,
      )
    }
    addPrograms(partial, manager.name, from)
  })
}

function packageOf(manager: Manager): string {
  switch (manager.name) {
    case 'bun':
      return `@oven/bun-linux-${process.arch === 'arm64' ? 'aarch64' : 'x64'}`
    case 'yarn':
      return isYarnFrom(2, manager) ? '@yarnpkg/cli-dist' : 'yarn'
    case 'npm':
    case 'pnpm':
      return manager.name
  }
}

function addPrograms(directory: string, name: string, from: string): void {
  const folder = `tool/node_modules/${from}`
  const bins =
    name === 'bun' ? { bun: 'bin/bun' } : programsOf(join(directory, folder, 'package.json'), name)
  mkdirSync(join(directory, 'bin'))
  for (const [program, path] of Object.entries(bins)) {
    if (!/^[a-z]+$/.test(program)) continue
    const start = name === 'bun' ? '' : '/opt/toolbox/bin/node '
    const shim = `#!/bin/sh\nexec ${start}'${managerPlace}/${folder}/${path.replaceAll("'", '')}' "$@"\n`
    writeFileSync(join(directory, 'bin', program), shim)
    chmodSync(join(directory, 'bin', program), 0o755)
  }
}

function programsOf(manifest: string, name: string): Record<string, string> {
  if (!existsSync(manifest)) throw new Error(`The package of ${name} is empty.`)
  const { bin } = packageJson.parse(JSON.parse(readFileSync(manifest, 'utf8')))
  return typeof bin === 'string' ? { [name]: bin } : bin
}
