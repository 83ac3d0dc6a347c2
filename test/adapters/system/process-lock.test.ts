import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { withProcessLock } from '#adapters/system/process-lock.ts'

const child = join(import.meta.dirname, '../../support/lock-child.ts')
const rounds = 30
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'goalkeeper-lock-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

test('of many processes that find the lock of a dead one, one at a time holds it', async () => {
  for (let round = 0; round < rounds; round += 1)
    writeFileSync(join(directory, `${round}.lock`), '4194304.7')
  const children = Array.from({ length: 5 }, () =>
    execa(process.execPath, [child, directory, String(rounds)], { reject: false }),
  )
  const up = children.map(({ stdout }) => new Promise((resolve) => stdout.once('data', resolve)))
  await Promise.all(up)

  for (const { stdin } of children) stdin.write('go\n')
  const ends = await Promise.all(children)

  expect(ends.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
    children.map(() => ({ exitCode: 0, stderr: '' })),
  )
  expect(readdirSync(directory)).toEqual([])
})

test('a process id that was used again does not keep the lock of the one before', async () => {
  const file = join(directory, 'one.lock')
  // Process 1 lives, and was not born then.
  writeFileSync(file, '1.999999999999')

  expect(await withProcessLock(file, () => Promise.resolve('held'))).toBe('held')
})

test('what fails under the lock lets it go', async () => {
  const file = join(directory, 'one.lock')
  await expect(withProcessLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')

  expect(await withProcessLock(file, () => Promise.resolve('held'))).toBe('held')
})
