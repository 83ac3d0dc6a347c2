import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname, join } from 'node:path'

import { bubblewrapArguments } from './bubblewrap.ts'
import type { HostLayout } from './bubblewrap.ts'
import { places } from './cell.ts'
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
  const binds = [...cell.layers.filter(isBind), ownFiles(host)]
  const stage = control.root ? stageFor(binds, cell.limits.workspace) : nothing
  const moved = (from: string): string => stage.moved.get(from) ?? from
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
    stage) mount -t tmpfs -o mode=755,size="$2" stage "$3"; shift 3 ;;
    copy) mkdir "$3"; cp -a "$2/." "$3/"; chmod -R a+rX "$3"; shift 3 ;;
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
  readonly moved: ReadonlyMap<string, string>
}

const nothing: Stage = { steps: [], moved: new Map() }

function stageFor(binds: readonly Bind[], bytes: number): Stage {
  const hidden = new Map(
    binds.filter(({ from }) => !reachable(from)).map((bind) => [bind.from, wayFor(bind)]),
  )
  if (hidden.size === 0) return nothing
  const stage = stages.find((path) => existsSync(path)) ?? '/tmp'
  const moved = new Map([...hidden.keys()].map((from, index) => [from, `${stage}/${index}`]))
  const steps = [...hidden].flatMap(([from, way]) => [way, from, moved.get(from) ?? ''])
  return { steps: ['stage', String(bytes), stage, ...steps], moved }
}

/** Files that are for root alone have to be copied by root; for all others a second name is enough. */
function wayFor({ from, to, kind }: Bind): 'copy' | Bind['kind'] {
  return to === places.source && !showsAll(from) ? 'copy' : kind
}

/** Looks at the path and what lies directly in it: a checkout is readable as a whole or not at all. */
function showsAll(path: string): boolean {
  const inside = lstatSync(path).isDirectory() ? readdirSync(path) : []
  return [path, ...inside.map((name) => join(path, name))].every((of) => readable(lstatSync(of)))
}

function readable(stat: Stats): boolean {
  return stat.isSymbolicLink() || (stat.mode & 0o4) !== 0
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
  if (!showsAll(path)) return false
  for (let place = dirname(path); ; place = dirname(place)) {
    if ((statSync(place).mode & 0o1) === 0) return false
    if (place === dirname(place)) return true
  }
}
