import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { sweepCgroups } from '#adapters/sandbox/cgroup.ts'

import { directoryWith } from '../../support/sandbox-machine.ts'

const child = join(import.meta.dirname, '../../support/sandbox-child.ts')
const patience = { timeout: 20_000, interval: 50 }

test('a kill -9 of our process takes everything inside with it, also what changed its session', async () => {
  const marks = ['73.11', '73.22', '73.33']
  const command = `trap '' TERM HUP; (setsid sleep ${marks[0]} &); sleep ${marks[1]} & sleep ${marks[2]}`
  // What it makes for itself stays behind, as it is killed: we take it away.
  const scratch = directoryWith({})
  const env = { ...process.env, TMPDIR: scratch }
  const ours = spawn(process.execPath, [child, command], { stdio: 'ignore', env })
  await vi.waitUntil(() => marks.every((mark) => running(mark)), patience)

  ours.kill('SIGKILL')

  await vi.waitUntil(() => !marks.some((mark) => running(mark)), patience)
  expect(marks.filter((mark) => running(mark))).toEqual([])
  rmSync(scratch, { recursive: true })
})

test('the control group of a process that is gone is swept at the next start', () => {
  const family = '/sys/fs/cgroup/memory/goalkeeper'
  const stale = join(family, '4194304-1')
  const own = join(family, `${process.pid}-999999`)
  if (existsSync(family)) for (const group of [stale, own]) mkdirSync(group)

  sweepCgroups()

  expect(existsSync(stale)).toBe(false)
  expect(existsSync(own)).toBe(existsSync(family))
  if (existsSync(own)) rmdirSync(own)
})

function running(seconds: string): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `sleep\0${seconds}\0`
      )
    } catch {
      return false
    }
  })
}
