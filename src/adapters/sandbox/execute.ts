import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

import { z } from 'zod'

import type { CommandEnd } from '#domain/evidence.ts'

import type { HostLayout } from './bubblewrap.ts'
import type { Cell } from './cell.ts'
import { createCgroup } from './cgroup.ts'
import type { Cgroup } from './cgroup.ts'
import { readyLine } from './entry.ts'
import { gather } from './gather.ts'
import { launchCommand } from './launch.ts'
import { watchMemory } from './watchdog.ts'

/** What the machine offers: the layout of /usr, our own /etc, the seccomp program. */
export interface Host extends HostLayout {
  readonly seccomp: string
  readonly root: boolean
}

export interface Executed {
  /** Whether the command was started at all; if not, `stderr` says what bubblewrap or the copy had against it. */
  readonly started: boolean
  readonly end: CommandEnd
  readonly stdout: string
  readonly stderr: string
  /** What came through the control channel after the ready line. */
  readonly handedBack: string
  readonly durationMs: number
}

type Stop = 'time' | 'memory' | 'output' | 'signal'

/** Runs a cell to its end. When this resolves, no process of it is left. */
export async function execute(cell: Cell, host: Host): Promise<Executed> {
  const began = performance.now()
  const cgroup = createCgroup(cell.limits)
  try {
    const seccomp = openSync(host.seccomp, 'r')
    const [program, ...args] = launchCommand(cell, host, {
      root: host.root,
      cgroups: cgroup?.joins ?? [],
    })
    const child = spawn(program ?? '', args, {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      // A session of its own: Ctrl-C at our terminal is for us to handle.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', seccomp, 'pipe', 'pipe'],
    })
    closeSync(seccomp)
    return await watched(child, cell, { cgroup, began })
  } finally {
    cgroup?.remove()
  }
}

async function watched(
  child: ChildProcess,
  cell: Cell,
  { cgroup, began }: { readonly cgroup: Cgroup | null; readonly began: number },
): Promise<Executed> {
  let stopped: Stop | null = null
  const stop = (by: Stop): void => {
    stopped ??= by
    child.kill('SIGKILL')
    cgroup?.kill()
  }
  const gathered = gather(child, cell.limits, () => stop('output'))
  const guards = guard(child, cell, { cgroup, stop })
  void feed(child, cell.stdin)
  try {
    await ended(child)
  } finally {
    for (const lift of guards) lift()
  }
  const printed = gathered.control()
  const outOfMemory = cgroup?.ranOutOfMemory() ?? false
  return {
    started: printed.startsWith(readyLine),
    end: endOf({ stopped, exitCode: exitCode(gathered.status()), outOfMemory }),
    stdout: gathered.stdout(),
    stderr: gathered.stderr(),
    handedBack: printed.slice(readyLine.length),
    durationMs: performance.now() - began,
  }
}

/** Sets the clock, the memory watch and the caller's signal on a child; each result takes one off again. */
function guard(
  child: ChildProcess,
  cell: Cell,
  { cgroup, stop }: { readonly cgroup: Cgroup | null; readonly stop: (by: Stop) => void },
): readonly (() => void)[] {
  const timer = setTimeout(() => stop('time'), cell.timeoutMs)
  const abort = (): void => stop('signal')
  cell.signal?.addEventListener('abort', abort, { once: true })
  if (cell.signal?.aborted === true) abort()
  const watch =
    cgroup === null && child.pid !== undefined
      ? watchMemory(child.pid, cell.limits.memory, () => stop('memory'))
      : null
  return [
    () => clearTimeout(timer),
    () => cell.signal?.removeEventListener('abort', abort),
    () => watch?.stop(),
  ]
}

async function feed({ stdin }: ChildProcess, text: Cell['stdin']): Promise<void> {
  // A command that does not read its input closes the pipe; that is its own business.
  stdin?.on('error', () => undefined)
  stdin?.end((await text) ?? '')
}

async function ended(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve())
  })
}

const exited = z.object({ 'exit-code': z.number().int() })

/** The last line bubblewrap reports; null when it never got that far or was killed. */
function exitCode(status: string): number | null {
  const line = status.split('\n').find((text) => text.includes('"exit-code"'))
  return line === undefined ? null : exited.parse(JSON.parse(line))['exit-code']
}

function endOf(facts: {
  readonly stopped: Stop | null
  readonly exitCode: number | null
  readonly outOfMemory: boolean
}): CommandEnd {
  if (facts.stopped !== null) return { kind: 'stopped', by: facts.stopped }
  if (facts.outOfMemory && facts.exitCode !== 0) return { kind: 'stopped', by: 'memory' }
  return facts.exitCode === null
    ? { kind: 'stopped', by: 'signal' }
    : { kind: 'exited', exitCode: facts.exitCode }
}
