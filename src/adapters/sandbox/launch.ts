import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
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
  const ways = new Map(binds.map((bind) => [bind.from, wayTo(bind)]))
  const hidden = [...ways].filter(([, way]) => way !== 'as it is')
  if (hidden.length === 0) return nothing
  const stage = stages.find((path) => existsSync(path)) ?? '/tmp'
  const moved = new Map(hidden.map(([from], index) => [from, `${stage}/${index}`]))
  const steps = hidden.flatMap(([from, way]) => [way, from, moved.get(from) ?? ''])
  return { steps: ['stage', String(bytes), stage, ...steps], moved }
}

/** Files that are for root alone have to be copied by root; for others behind a closed door a second name is enough. */
function wayTo({ from, to, kind }: Bind): 'as it is' | 'copy' | Bind['kind'] {
  if (to === places.source && !showsAll(from)) return 'copy'
  return reachable(from) ? 'as it is' : kind
}

/** Looks at the directory and what lies directly in it: a checkout is readable as a whole or not at all. */
function showsAll(directory: string): boolean {
  const inside = readdirSync(directory).map((name) => join(directory, name))
  return [directory, ...inside].every((path) => {
    const stat = lstatSync(path)
    return stat.isSymbolicLink() || (stat.mode & 0o4) !== 0
  })
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
  if ((statSync(path).mode & 0o4) === 0) return false
  for (let place = dirname(path); ; place = dirname(place)) {
    if ((statSync(place).mode & 0o1) === 0) return false
    if (place === dirname(place)) return true
  }
}
