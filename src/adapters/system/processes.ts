import { existsSync, readFileSync } from 'node:fs'

interface Seen {
  readonly isZombie: boolean
  /** Clock ticks since boot at which it started. */
  readonly birth: string
}

/** This process among all that ever ran on this machine, fit for file names: `<pid>.<birth>`, or `<pid>` without /proc. */
export const ownMark = markOf(process.pid)

/** Whether the process that made a mark still runs. Process ids are used again: another birth is another process. */
export function isMarkAlive(mark: string): boolean {
  const [pid = '', birth] = mark.split('.')
  if (!/^[1-9]\d*$/.test(pid) || !isAlive(Number(pid))) return false
  const seen = look(Number(pid))
  return seen === null || birth === undefined || seen.birth === birth
}

function markOf(pid: number): string {
  const seen = look(pid)
  return seen === null ? String(pid) : `${pid}.${seen.birth}`
}

/** One that was killed and not yet taken note of by its parent does nothing any more. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return look(pid)?.isZombie !== true
  } catch (error) {
    // Somebody else's process cannot be signalled, yet it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function look(pid: number): Seen | null {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return null
  try {
    const fields = readFileSync(file, 'utf8')
    // The name in parentheses may hold spaces; the state comes after it, the start time 19 fields later.
    const [state, ...rest] = fields.slice(fields.lastIndexOf(')') + 2).split(' ')
    return { isZombie: state === 'Z', birth: rest[18] ?? '' }
  } catch {
    // It ended between the two looks.
    return null
  }
}
