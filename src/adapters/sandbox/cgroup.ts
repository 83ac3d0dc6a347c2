import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Limits } from './limits.ts'

/** A control group for one cell; the launcher writes itself into `joins` before it confines itself. */
export interface Cgroup {
  readonly joins: readonly string[]
  /** Whether the kernel killed a process in it for want of memory. */
  ranOutOfMemory(): boolean
  /** Kills whatever is in it, also what lost its parent while it was being confined. */
  kill(): void
  remove(): void
}

const root = '/sys/fs/cgroup'
const family = 'goalkeeper'
let count = 0

/** A fresh control group with memory and process limits, or null where the host does not let us have one. */
export function createCgroup(limits: Limits): Cgroup | null {
  const name = `${process.pid}-${(count += 1)}`
  const second = existsSync(join(root, 'cgroup.controllers'))
  const homes = second ? [join(root, family)] : ['memory', 'pids'].map((c) => join(root, c, family))
  const groups = homes.map((home) => join(home, name))
  try {
    for (const home of homes) mkdirSync(home, { recursive: true })
    if (second) writeFileSync(join(root, family, 'cgroup.subtree_control'), '+memory +pids')
    for (const group of groups) mkdirSync(group)
    for (const [file, value] of second ? unified(limits) : hybrid(limits)) {
      write(groups, file, value)
    }
    return opened(groups, second)
  } catch {
    removeAll(groups)
    return null
  }
}

/** Removes what processes of ours that were killed left behind. */
export function sweepCgroups(): void {
  for (const home of ['', 'memory', 'pids'].map((part) => join(root, part, family))) {
    const names = existsSync(home) ? readdirSync(home) : []
    const stale = names.filter((name) => /^\d+-\d+$/.test(name) && !alive(name.split('-')[0] ?? ''))
    removeAll(stale.map((name) => join(home, name)))
  }
}

/** The workspace lies in memory too, so it is counted on top. */
function unified({ memory, workspace, processes }: Limits): [string, number][] {
  return [
    ['memory.max', memory + workspace],
    ['memory.swap.max', 0],
    ['pids.max', processes],
  ]
}

function hybrid({ memory, workspace, processes }: Limits): [string, number][] {
  return [
    ['memory.limit_in_bytes', memory + workspace],
    ['memory.memsw.limit_in_bytes', memory + workspace],
    ['pids.max', processes],
  ]
}

function write(groups: readonly string[], file: string, value: number): void {
  const places = groups.map((group) => join(group, file)).filter((place) => existsSync(place))
  // Accounting for swap is often not compiled in; the two limits that matter are always there.
  if (places.length === 0 && !file.includes('sw')) throw new Error(`no ${file}`)
  for (const place of places) writeFileSync(place, String(value))
}

function opened(groups: readonly string[], second: boolean): Cgroup {
  const events = join(groups[0] ?? '', second ? 'memory.events' : 'memory.oom_control')
  return {
    joins: groups.map((group) => join(group, 'cgroup.procs')),
    ranOutOfMemory() {
      return /^oom_kill [1-9]/m.test(readFileSync(events, 'utf8'))
    },
    kill() {
      for (const pid of readFileSync(join(groups[0] ?? '', 'cgroup.procs'), 'utf8').split('\n')) {
        if (/^[1-9]\d*$/.test(pid)) killQuietly(Number(pid))
      }
    },
    remove() {
      removeAll(groups)
    },
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in between.
  }
}

function removeAll(groups: readonly string[]): void {
  for (const group of groups) {
    try {
      rmdirSync(group)
    } catch {
      // Still busy or never made; the next start sweeps it.
    }
  }
}

function alive(pid: string): boolean {
  return existsSync(join('/proc', pid))
}
