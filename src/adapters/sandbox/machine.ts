import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { sweepCgroups } from './cgroup.ts'
import type { Host } from './execute.ts'
import { defaultLimits } from './limits.ts'
import type { Limits } from './limits.ts'
import { prepareToolbox } from './toolbox.ts'
import type { Extra, Toolbox } from './toolbox.ts'

export interface MachineOptions {
  /** Where we keep what outlives a run: toolbox, tarballs, installed dependencies. Made when it is not there. */
  readonly home: string
  readonly limits?: Partial<Limits>
  /** Folders of ours that appear inside as `/opt/toolbox/<name>`. */
  readonly extras?: readonly Extra[]
}

/** What the sandbox and the dependencies stand on: this host, our toolbox, our limits. */
export interface Machine {
  readonly home: string
  readonly host: Host
  readonly toolbox: Toolbox
  readonly limits: Limits
}

/** Prepares the toolbox (once per content) and cleans up after processes of ours that were killed. */
export function prepareMachine({ home, limits, extras }: MachineOptions): Machine {
  mkdirSync(home, { recursive: true })
  const place = realpathSync(home)
  const toolbox = prepareToolbox(place, extras ?? [], npmFolder())
  sweepCgroups()
  return {
    home: place,
    toolbox,
    limits: { ...defaultLimits, ...limits },
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
