import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { killServer, signalServer } from '../support/embedded-processes.ts'
import { type GitPlace, gitPlace, type GitRepository } from '../support/git-repository.ts'
import { fix, home, start } from '../support/product.ts'
import { commitQuickKiosk, twiceBroken, twoRepairs } from '../support/quick-kiosk.ts'

let place: GitPlace
let kiosk: GitRepository

beforeEach(() => {
  place = gitPlace()
  kiosk = place.repository('kiosk')
  commitQuickKiosk(kiosk, twiceBroken, 'feat: sell tea')
})
afterEach(() => {
  place.remove()
})

/** Runs until the progress has said `count` more things, then sends the signal. Answers whether it came to that. */
async function endAfter(count: number, signal: 'SIGKILL' | 'SIGINT', ...more: string[]) {
  const child = start(['fix', kiosk.directory, ...more])
  let said = 0
  let sent = false
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString().split('\n').length - 1
    if (said < count || sent) return
    sent = true
    child.kill(signal)
  })
  const { exitCode, stdout, signal: by } = await child
  return { exitCode, stdout, killed: by === 'SIGKILL' }
}

async function sandboxes(): Promise<string[]> {
  const { stdout } = await execa('ps', ['-eo', 'args'])
  return stdout
    .split('\n')
    .filter((line) => line.includes('bwrap') && line.includes(kiosk.directory))
}

function hasWorksite(run: string): boolean {
  return existsSync(join(home, 'work', run))
}

test('a run that is killed again and again ends with the same commits, none lost and none doubled', async () => {
  let ends = await endAfter(2, 'SIGKILL')
  let kills = 1
  // Lives of different lengths: they end at the boundaries of steps and inside of them.
  for (const lines of [3, 2, 4, 4]) {
    if (!ends.killed) break
    expect(await sandboxes()).toEqual([])
    ends = await endAfter(lines, 'SIGKILL', '--resume')
    if (ends.killed) kills += 1
  }
  if (ends.killed) ends = await endAfter(Infinity, 'SIGKILL', '--resume')

  expect(kills).toBeGreaterThan(2)
  expect(ends.exitCode).toBe(0)
  const branches = kiosk.git('branch', '--list', 'auto-fix/*', '--format=%(refname:short)')
  expect(branches.trim().split('\n')).toHaveLength(1)
  const subjects = kiosk.git('log', '--reverse', '--format=%s', `main..${branches.trim()}`)
  expect(subjects.trim().split('\n')).toEqual(twoRepairs.map((one) => expect.stringMatching(one)))
  const runs = kiosk.git(
    'log',
    '--format=%(trailers:key=Run-Id,valueonly,separator=)',
    `main..${branches.trim()}`,
  )
  const [run = ''] = new Set(runs.trim().split('\n'))
  expect(run).toMatch(/^run_/)
  expect(hasWorksite(run)).toBe(false)
})

test('a run goes on when its database is killed under it', async () => {
  const child = start(['fix', kiosk.directory])
  let kills = 0
  child.stderr.on('data', (chunk: Buffer) => {
    // In the middle of the first phase, and where a phase ends.
    if (!/Find the checks|Phase 2/.test(chunk.toString())) return
    killServer(home)
    kills += 1
  })

  const { exitCode, stderr } = await child

  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(kills).toBeGreaterThan(1)
  const branch = kiosk.git('branch', '--list', 'auto-fix/*', '--format=%(refname:short)').trim()
  expect(kiosk.git('log', '--format=%s', `main..${branch}`).trim().split('\n')).toHaveLength(2)
})

test('Ctrl-C ends with 130, also while the database hangs, leaves no process behind, and --resume goes on', async () => {
  const hanging = start(['fix', kiosk.directory])
  let isAsked = false
  hanging.stderr.on('data', (chunk: Buffer) => {
    // Whatever comes before the run begins is not the run.
    if (isAsked || !chunk.toString().includes('Phase 1')) return
    isAsked = true
    signalServer(home, 'SIGSTOP')
    hanging.kill('SIGINT')
  })
  const { exitCode: hung } = await hanging.finally(() => {
    signalServer(home, 'SIGCONT')
  })
  const interrupted = await endAfter(4, 'SIGINT', '--resume')

  expect([hung, interrupted.exitCode]).toEqual([130, 130])
  expect(await sandboxes()).toEqual([])
  expect(kiosk.git('branch', '--list', 'auto-fix/*')).toBe('')

  const { exitCode, report } = await fix(kiosk.directory, '--resume')

  expect(exitCode).toBe(0)
  expect(report.repairs.map(({ check }) => check)).toEqual(['receipts', 'labels'])
})
