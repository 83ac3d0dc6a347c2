import { spawnSync } from 'node:child_process'
import { symlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { directoryWith } from '../support/sandbox-machine.ts'

const script = join(import.meta.dirname, '../../scripts/setup.mjs')

function setup(path: string | undefined): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    env: { PATH: path },
    encoding: 'utf8',
  })
  return { code: status, stdout, stderr }
}

test('a machine that has everything is left alone, without a word', () => {
  expect(setup(process.env['PATH'])).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('what is missing and cannot be installed is named with the one line that helps', () => {
  const folder = directoryWith({})
  for (const program of ['git', 'prlimit', 'setpriv', 'unshare']) {
    symlinkSync(`/usr/bin/${program}`, join(folder, program))
  }

  const { code, stderr } = setup(folder)

  expect(code).toBe(1)
  expect(stderr.split('\n')[0]).toBe('Missing: bubblewrap.')
  expect(stderr.trim().split('\n')).toHaveLength(2)
  rmSync(folder, { recursive: true })
})

test('a sandbox that cannot start is a failure with a remedy', () => {
  const folder = directoryWith({
    bwrap: '#!/bin/sh\necho "bwrap: Unknown option --disable-userns" >&2; exit 1\n',
  })
  for (const program of ['git', 'prlimit', 'setpriv', 'unshare']) {
    symlinkSync(`/usr/bin/${program}`, join(folder, program))
  }
  spawnSync('chmod', ['755', join(folder, 'bwrap')])

  const { code, stderr } = setup(folder)

  expect(code).toBe(1)
  expect(stderr).toContain('bubblewrap 0.8 or newer is needed')
  rmSync(folder, { recursive: true })
})
