import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'

const door = join(import.meta.dirname, '../../scripts/goalkeeper.mjs')

let top: string

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'demo-story-'))
  chmodSync(top, 0o711)
})

afterEach(() => {
  rmSync(top, { recursive: true, force: true })
})

function demo(...options: readonly string[]) {
  const env = { TMPDIR: top, CI: 'true' }
  return execa(process.execPath, [door, 'demo', ...options], { env, reject: false, all: true })
}

/** Processes that were started with something below this folder. */
function processesBelow(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return line.includes(folder) ? [line] : []
      } catch {
        return []
      }
    })
}

test('the demonstration ends with a pull request whose page answers, and puts everything away', async () => {
  const { exitCode, all } = await demo()

  expect([exitCode, all]).toEqual([0, expect.stringContaining('ready for review')])
  expect(all).toMatch(/CI is red on [\da-f]{12}/)
  expect(all).toMatch(/CI is green on [\da-f]{12}/)
  expect(all).toContain('#1 is verified in production')
  expect(all).toMatch(/taken back: the version before answers again \d+ s after/)
  expect(all).toContain('is opened: Revert #2: Faster pages')
  expect(all).toContain('delivered a second time: nothing changed')
  expect(all).toMatch(/The pull request: http:\/\/127\.0\.0\.1:\d+\/acme\/greenhouse\/pull\/1/)
  expect(all).toContain('It answers 200')
  expect(readdirSync(top)).toEqual([])
  expect(processesBelow(top)).toEqual([])
})

test('Ctrl-C in the middle of the demonstration leaves no process and no file', async () => {
  const running = demo()
  await new Promise<void>((resolve) => {
    running.all.on('data', (chunk) => String(chunk).includes('CI runs on') && resolve())
  })
  running.kill('SIGINT')
  const { exitCode } = await running

  expect(exitCode).toBe(130)
  expect(readdirSync(top)).toEqual([])
  expect(processesBelow(top)).toEqual([])
})

test('an option that there is not is answered with those that there are', async () => {
  const { exitCode, stdout } = await demo('--everything')

  expect(exitCode).toBe(2)
  expect(stdout).toContain('--local')
})
