import { readFileSync, readdirSync } from 'node:fs'

const pageBytes = 4096
const everyMs = 100

/** Calls `exceeded` once when the process and all below it hold more memory than allowed. For hosts without control groups. */
export function watchMemory(
  pid: number,
  bytes: number,
  exceeded: () => void,
): { readonly stop: () => void } {
  const timer = setInterval(() => {
    if (residentBytes(pid) <= bytes) return
    clearInterval(timer)
    exceeded()
  }, everyMs)
  return { stop: () => clearInterval(timer) }
}

function residentBytes(root: number): number {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  )
  const family = new Set([root])
  for (let grown = true; grown;) {
    const before = family.size
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid)
    grown = family.size > before
  }
  return [...family].reduce((sum, pid) => sum + resident(pid), 0)
}

function parentOf(pid: string): number {
  // The name in brackets may hold anything; the state and the parent follow its last bracket.
  return Number(/.*\) \S (\d+)/s.exec(read(`/proc/${pid}/stat`))?.[1] ?? 0)
}

function resident(pid: number): number {
  return Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * pageBytes
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
