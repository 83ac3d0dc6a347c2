import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { sweepCgroups } from './cgroup.ts'
import type { Host } from './execute.ts'
import { sweepLeftovers } from './leftovers.ts'
import { defaultLimits } from './limits.ts'
import type { Limits } from './limits.ts'
import { openRegistry } from './registry.ts'
import type { Registry } from './registry.ts'
import { createTarballCache } from './tarballs.ts'
import { prepareToolbox } from './toolbox.ts'
import type { Extra, Toolbox } from './toolbox.ts'
import { npmUpstream } from './upstream.ts'
import type { Upstream } from './upstream.ts'

export interface MachineOptions {
  /** Where we keep what outlives a run: toolbox, tarballs, installed dependencies. Made when it is not there. */
  readonly home: string
  readonly limits?: Partial<Limits>
  /** Folders of ours that appear inside as `/opt/toolbox/<name>`. */
  readonly extras?: readonly Extra[]
  /** The registry behind the mirror; by default what npm is configured to use on this machine. */
  readonly upstream?: Upstream
}

/** What the sandbox and the dependencies stand on: this host, our toolbox, our limits. */
export interface Machine {
  readonly home: string
  readonly host: Host
  readonly toolbox: Toolbox
  readonly limits: Limits
  /** A registry mirror for one run. */
  openRegistry(): Promise<Registry>
}

/** Prepares the toolbox (once per content) and cleans up after processes of ours that were killed. */
export function prepareMachine(options: MachineOptions): Machine {
  mkdirSync(options.home, { recursive: true })
  const home = realpathSync(options.home)
  const toolbox = prepareToolbox(home, options.extras ?? [], npmFolder())
  const limits = { ...defaultLimits, ...options.limits }
  const tarballs = createTarballCache(join(home, 'tarballs'))
  let upstream: Promise<Upstream> | null = null
  sweepCgroups()
  sweepLeftovers(home)
  return {
    home,
    toolbox,
    limits,
    async openRegistry() {
      upstream ??= options.upstream
        ? Promise.resolve(options.upstream)
        : npmUpstream(toolbox.directory)
      return await openRegistry({ upstream: await upstream, tarballs, bytes: limits.download })
    },
    host: {
      roots: rootFolders(),
      etc: toolbox.etc,
      seccomp: toolbox.seccomp,
      root: process.getuid?.() === 0,
    },
  }
}

/** `/usr`, and what stands beside it for old paths: links on every merged system. */
function rootFolders(): Host['roots'] {
  return ['/usr', '/bin', '/sbin', '/lib', '/lib64']
    .filter((path) => existsSync(path))
    .map((path) => ({
      path,
      link: lstatSync(path).isSymbolicLink() ? readlinkSync(path).replace(/^\//, '') : null,
    }))
}

/** The npm that belongs to this Node installation; null where there is none. */
function npmFolder(): string | null {
  const named = process.env['npm_execpath']
  const places = [
    ...(named?.endsWith('npm-cli.js') ? [named] : []),
    ...(process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'npm')),
  ]
  const cli = places.find((place) => existsSync(place))
  const folder = cli === undefined ? null : dirname(dirname(realpathSync(cli)))
  return folder !== null && existsSync(join(folder, 'bin/npm-cli.js')) ? folder : null
}
