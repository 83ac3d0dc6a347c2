import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { installedLast, programPath } from '#adapters/observer/program-path.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'goalkeeper-program-path-'))
  mkdirSync(join(root, 'packages/a'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true }))

function install(program: string): void {
  const folder = join(root, 'node_modules/.bin')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, program), '#!/bin/sh\necho installed\n', { mode: 0o755 })
}

function said(script: string): string {
  const cwd = join(root, 'packages/a')
  const env = { PATH: '/usr/bin:/bin' }
  return execFileSync('/bin/sh', ['-c', script], { cwd, env, encoding: 'utf8' }).trim()
}

test('a program that the machine does not have is found among the dependencies above', () => {
  install('setup-tool')
  expect(said(`${installedLast('packages/a')}\n setup-tool`)).toBe('installed')
})

test('what the machine has comes before them in a command, and after them where a tool is asked', () => {
  install('expr')
  expect(said(`${installedLast('packages/a')}\n expr 1 + 1`)).toBe('2')
  expect(said(`${programPath('packages/a')} sh -c 'expr 1 + 1'`)).toBe('installed')
})
