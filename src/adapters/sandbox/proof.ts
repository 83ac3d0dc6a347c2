import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import type { SandboxProof } from '#ports/sandbox.ts'

import { ownMark } from '../system/processes.ts'
import { confine } from './confine.ts'
import type { Confinement } from './confine.ts'
import type { Executed } from './execute.ts'
import type { Machine } from './machine.ts'
import { remedyFor } from './remedy.ts'

/** Tries from inside what must not work: read a file, reach a port, be root, write to the kernel, see our environment. */
export async function proveSandbox(machine: Machine): Promise<SandboxProof> {
  const version = await bubblewrapVersion()
  if (version === null) return { kind: 'refuses', ...remedyFor('missing', '') }
  const folder = mkdtempSync(join(tmpdir(), `goalkeeper-canary-${ownMark}-`))
  const canary = join(folder, 'canary')
  // Everybody on the host may read it: only the sandbox stands between.
  chmodSync(folder, 0o755)
  writeFileSync(canary, 'canary\n', { mode: 0o644 })
  const server = createServer((socket) => socket.end('canary\n'))
  try {
    const port = await listen(server)
    const ran = await confine(machine, {
      ...attempt,
      command: ['/bin/bash', '-c', probe, 'probe', canary, String(port)],
    })
    return verdict(ran, version)
  } finally {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const attempt = {
  source: null,
  workspace: null,
  registry: null,
  patch: [],
  mounts: [],
  directory: '.',
  timeoutMs: 10_000,
  network: 'none',
  collect: false,
} satisfies Omit<Confinement, 'command'>

/** Prints one line per thing that should have failed. /proc/sys is only opened, nothing is written to it. */
const probe = `
exec 2>/dev/null
[ "$(id -u)" = 0 ] && echo 'it runs as root'
cat "$1" && echo 'a file of the host is readable'
(exec 3<>"/dev/tcp/127.0.0.1/$2") && echo 'a port of the host is reachable'
(: >> /proc/sys/kernel/core_pattern) && echo 'kernel settings are writable'
[ -w /usr ] && echo 'the system is writable'
unshare --user true && echo 'new user namespaces are allowed'
for name in $(env | cut -d= -f1); do
  case $name in pnpm_config_verify_deps_before_run|PATH|HOME|TMPDIR|LANG|CI|PWD|OLDPWD|SHLVL|_) ;; *) echo "the variable $name is visible" ;; esac
done
echo probed
`

function verdict(ran: Executed, version: string): SandboxProof {
  const lines = ran.stdout.trim().split('\n')
  if (!ran.started || lines.at(-1) !== 'probed') {
    return { kind: 'refuses', ...remedyFor('broken', ran.stderr.trim()) }
  }
  const [leak] = lines
  return leak === 'probed'
    ? { kind: 'holds', mechanism: `bubblewrap ${version}` }
    : { kind: 'refuses', ...remedyFor('leaks', leak ?? '') }
}

async function bubblewrapVersion(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('bwrap', ['--version'])
    return /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? null
  } catch {
    return null
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
