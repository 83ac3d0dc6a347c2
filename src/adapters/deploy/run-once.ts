// Runs a command once, whoever else wants to, and writes down how it ended: it outlives who started it.
//
// `node run-once.ts <place> <timeout in milliseconds> <command>`; only Node's own modules, for it stands alone.

import { spawn } from 'node:child_process'
import { mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How long a command may take to leave after it was asked to. */
const farewellMs = 10_000

const [place = '', timeoutMs = '0', command = ''] = process.argv.slice(2)

if (isClaimed()) run()

/** Making a folder succeeds for one of all who try. */
function isClaimed(): boolean {
  try {
    mkdirSync(join(place, 'claim'))
    return true
  } catch {
    return false
  }
}

function run(): void {
  const output = openSync(join(place, 'output'), 'a', 0o600)
  let isLate = false
  const child = spawn(command, { detached: true, stdio: ['ignore', output, output] })
  const kill = (signal: 'SIGTERM' | 'SIGKILL'): void => {
    if (child.pid !== undefined) process.kill(-child.pid, signal)
  }
  const leave = setTimeout(() => {
    isLate = true
    kill('SIGTERM')
    setTimeout(() => kill('SIGKILL'), farewellMs).unref()
  }, Number(timeoutMs))
  child.once('error', ({ message }) => end({ code: null, isLate, problem: message }))
  child.once('exit', (code) => {
    clearTimeout(leave)
    end({ code, isLate, problem: null })
  })
}

/** Whoever reads it finds all of it or nothing. */
function end(how: { code: number | null; isLate: boolean; problem: string | null }): void {
  const written = join(place, 'ended.new')
  writeFileSync(written, JSON.stringify({ ...how, at: new Date().toISOString() }))
  renameSync(written, join(place, 'ended'))
  process.exit()
}
