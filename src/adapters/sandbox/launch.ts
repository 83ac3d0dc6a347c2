import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

import { bubblewrapArguments } from './bubblewrap.ts'
import type { HostLayout } from './bubblewrap.ts'
import type { Bind, Cell, Layer } from './cell.ts'

/** A user without a passwd entry and without a file on the host. */
export const sandboxUser = 58231

/** The first of these that exists is hidden by a private tmpfs while a cell starts, never on the host. */
const stages = ['/mnt', '/media', '/srv', '/opt']

/**
 * The command line that starts a cell: every program in it replaces the one before, so one kill ends all.
 * As root it first puts paths the sandbox's user cannot reach (a home below /root) into a private mount namespace.
 */
export function launchCommand(
  cell: Cell,
  host: HostLayout,
  control: { readonly root: boolean; readonly cgroups: readonly string[] },
): readonly string[] {
  const stage = control.root ? stageFor([...cell.layers.filter(isBind), ownFiles(host)]) : nothing
  const moved = (from: string): string => stage.places.get(from) ?? from
  const layers = cell.layers.map((layer) =>
    isBind(layer) ? { ...layer, from: moved(layer.from) } : layer,
  )
  return [
    stage.steps.length > 0 ? ['unshare', '--mount', '--propagation', 'private', '--'] : [],
    ['sh', '-c', entry, 'launch'],
    control.cgroups.flatMap((file) => ['cgroup', file]),
    stage.steps,
    ['--'],
    confinement(cell, control.root),
    ['bwrap'],
    bubblewrapArguments({ ...cell, layers }, { ...host, etc: moved(host.etc) }),
  ].flat()
}

const entry = `set -e
while [ "$1" != -- ]; do
  case "$1" in
    cgroup) echo $$ > "$2"; shift 2 ;;
    stage) mount -t tmpfs -o mode=755,size=1m stage "$2"; shift 2 ;;
    directory) mkdir "$3"; mount --bind "$2" "$3"; shift 3 ;;
    file) : > "$3"; mount --bind "$2" "$3"; shift 3 ;;
  esac
done
shift
exec "$@"`

function isBind(layer: Layer): layer is Bind {
  return layer.kind !== 'scratch'
}

function ownFiles(host: HostLayout): Bind {
  return { from: host.etc, to: '/etc', access: 'read', kind: 'directory' }
}

interface Stage {
  readonly steps: readonly string[]
  /** Where a path is to be found instead. */
  readonly places: ReadonlyMap<string, string>
}

const nothing: Stage = { steps: [], places: new Map() }

function stageFor(binds: readonly Bind[]): Stage {
  const hidden = new Map(
    binds.filter(({ from }) => !reachable(from)).map(({ from, kind }) => [from, kind]),
  )
  if (hidden.size === 0) return nothing
  const stage = stages.find((path) => existsSync(path)) ?? '/tmp'
  const places = new Map([...hidden.keys()].map((from, index) => [from, `${stage}/${index}`]))
  const steps = [...hidden].flatMap(([from, kind]) => [kind, from, places.get(from) ?? ''])
  return { steps: ['stage', stage, ...steps], places }
}

function confinement(cell: Cell, root: boolean): string[] {
  const seconds = Math.ceil((cell.timeoutMs * 2) / 1000)
  const user = String(sandboxUser)
  return [
    ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL'],
    root ? ['--reuid', user, '--regid', user, '--clear-groups', '--bounding-set=-all'] : [],
    ['prlimit', '--nproc=4096', `--nofile=${cell.limits.openFiles}`, '--core=0'],
    [`--fsize=${cell.limits.workspace}`, `--cpu=${seconds}`],
  ].flat()
}

/** Whether a user who owns nothing can get to a path, going by the mode of every directory above it. */
function reachable(path: string): boolean {
  const { mode } = statSync(path)
  if ((mode & 0o4) === 0) return false
  for (let place = dirname(path); ; place = dirname(place)) {
    if ((statSync(place).mode & 0o1) === 0) return false
    if (place === dirname(place)) return true
  }
}
