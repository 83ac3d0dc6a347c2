import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { promisify } from 'node:util'

import type { SandboxRequest } from '#ports/sandbox.ts'

import { directoryWith, sandboxWorld } from './sandbox-machine.ts'

/** What a hostile script starts with: `attempt` prints how it went, `system` makes a raw kernel call. */
const opening = `
import { spawn, spawnSync, execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
const [, , ...given] = process.argv
async function attempt(what) {
  try { console.log('succeeded', await what()) }
  catch (error) { console.log('blocked', error?.code ?? error?.message ?? error) }
}
function must(truth, because) { if (!truth) throw new Error(because) }
function system(perl) {
  const { stdout, status } = spawnSync('/usr/bin/perl', ['-e', 'my ($b, $none, $tmp, $kind) = (chr(0) x 128, "none", "/tmp", "tmpfs");' + perl + '; print $r < 0 ? "errno " . ($!+0) : "done"'])
  must(status === 0, 'perl failed')
  must(!String(stdout).startsWith('errno'), String(stdout))
  return String(stdout)
}
`

const world = sandboxWorld()

/** Runs a hostile script in the sandbox, as root if the tests are root, and gives the lines it printed. */
export async function attack(
  script: string,
  given: readonly string[] = [],
  request: Partial<Omit<SandboxRequest, 'command'>> = {},
): Promise<readonly string[]> {
  const { stdout, stderr } = await world.run(
    { 'attack.mjs': opening + script },
    { command: ['node', 'attack.mjs', ...given], ...request },
  )
  return lines(stdout, stderr)
}

/** The same script without a sandbox: an attack that fails here too proves nothing. */
export async function control(
  script: string,
  given: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<readonly string[]> {
  const directory = directoryWith({ 'attack.mjs': opening + script })
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['attack.mjs', ...given],
      { cwd: directory, env: { PATH: process.env['PATH'], ...env } },
    )
    return lines(stdout, stderr)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function lines(stdout: string, stderr: string): readonly string[] {
  const printed = stdout.trim() === '' ? stderr : stdout
  return printed.trim().split('\n')
}
