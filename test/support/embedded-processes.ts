import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Kills an embedded server and all its processes at once, as an out-of-memory killer or a crash of the machine would. */
export function killServer(directory: string): void {
  signalServer(directory, 'SIGKILL')
}

/** Stops (`SIGSTOP`: nothing answers, nothing breaks) or ends an embedded server with all its processes. */
export function signalServer(directory: string, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  const file = join(directory, 'postgres/cluster/data/postmaster.pid')
  const first = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
  if (first === 0) throw new Error('There is no server to kill.')
  for (const pid of [first, ...childrenOf(first)]) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended by itself in between.
    }
  }
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(fields.slice(fields.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}
