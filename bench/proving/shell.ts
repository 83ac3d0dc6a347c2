import { execa } from 'execa'

import type { Command } from './repositories.ts'

export interface Ended {
  readonly ok: boolean
  /** What it printed, on both streams. */
  readonly output: string
  readonly stdout: string
  readonly seconds: number
}

const limit = 10 * 60 * 1000

/** Runs a command in a folder; a command that fails is an answer, not an error. */
export async function run(
  [program, ...words]: Command,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const result = await execa(program, words, {
    cwd,
    env: { CI: 'true', NO_COLOR: '1', ...env },
    reject: false,
    all: true,
    preferLocal: true,
    localDir: import.meta.dirname,
    timeout: limit,
    stdin: 'ignore',
  })
  const { all, durationMs, exitCode, stdout } = result
  return { ok: exitCode === 0, output: all, stdout, seconds: durationMs / 1000 }
}

/** Runs git and answers what it printed. Throws with its words when it fails: git is our own tool here. */
export async function git(cwd: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await execa('git', words, { cwd, env: identity })
  return stdout
}

const identity = {
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@example.invalid',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@example.invalid',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
}
