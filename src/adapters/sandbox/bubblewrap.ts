import type { Cell, Layer } from './cell.ts'

const mebibyte = 1024 * 1024

/** What bubblewrap needs to know about the host. */
export interface HostLayout {
  /** `/bin`, `/lib`, … with the target where it is a symbolic link, e.g. `usr/bin`. */
  readonly roots: readonly { readonly path: string; readonly link: string | null }[]
  /** Directory with our own hosts, passwd, group, nsswitch.conf and resolv.conf. */
  readonly etc: string
}

export const etcFiles = ['hosts', 'passwd', 'group', 'nsswitch.conf', 'resolv.conf'] as const

/** File descriptors the launched program finds open. */
export const descriptors = { seccomp: 3, control: 4, status: 5 } as const

/** The arguments of `bwrap` for a cell (fixers.md A4). Needs 0.8: `--size`, `--disable-userns`. */
export function bubblewrapArguments(cell: Cell, host: HostLayout): readonly string[] {
  return [
    isolation,
    Object.entries(cell.env).flatMap(([name, value]) => ['--setenv', name, value]),
    host.roots.flatMap(({ path, link }) =>
      link === null ? ['--ro-bind', path, path] : ['--symlink', link, path],
    ),
    ['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys', '--dev', '/dev'],
    ['--ro-bind-try', '/etc/alternatives', '/etc/alternatives'],
    etcFiles.flatMap((file) => ['--ro-bind', `${host.etc}/${file}`, `/etc/${file}`]),
    memory.flatMap(layerArguments),
    ['--dir', '/home/sandbox'],
    cell.layers.flatMap(layerArguments),
    // The root itself is a tmpfs without a size: nothing may be written there.
    ['--remount-ro', '/'],
    ['--seccomp', String(descriptors.seccomp), '--json-status-fd', String(descriptors.status)],
    ['--'],
    cell.argv,
  ].flat()
}

/** Who commands are inside, whoever we are. */
export const insideUid = 1000

const isolation = [
  ['--unshare-user', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts'],
  ['--unshare-cgroup-try', '--disable-userns', '--die-with-parent', '--new-session'],
  ['--cap-drop', 'ALL', '--hostname', 'sandbox', '--uid', String(insideUid), '--gid', '1000'],
  ['--clearenv'],
].flat()

const memory: readonly Layer[] = [
  { kind: 'scratch', to: '/tmp', bytes: 256 * mebibyte },
  { kind: 'scratch', to: '/home', bytes: 256 * mebibyte },
  { kind: 'scratch', to: '/dev/shm', bytes: 64 * mebibyte },
]

function layerArguments(layer: Layer): string[] {
  if (layer.kind !== 'scratch') {
    return [layer.access === 'read' ? '--ro-bind' : '--bind', layer.from, layer.to]
  }
  const mode = layer.to === '/tmp' || layer.to === '/dev/shm' ? '1777' : '0755'
  return ['--perms', mode, '--size', String(layer.bytes), '--tmpfs', layer.to]
}
