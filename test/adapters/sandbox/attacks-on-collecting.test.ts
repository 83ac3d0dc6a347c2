import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, test } from 'vitest'

import { acceptCollected } from '#adapters/sandbox/collected.ts'

import { directoryWith, sandboxWorld } from '../../support/sandbox-machine.ts'

const { run } = sandboxWorld()
const secret = directoryWith({ key: 'canary-collect' })
const linked = directoryWith({ 'src/a.ts': 'a\n' })
symlinkSync(secret, join(linked, 'out'))

afterAll(() => {
  rmSync(secret, { recursive: true })
  rmSync(linked, { recursive: true })
})

test('attack 26: a planted git directory, its hooks and its configuration are not handed back', async () => {
  const command = `mkdir -p .git/hooks sub/.GIT && echo evil > .git/hooks/pre-commit &&
    echo evil > .git/config && echo evil > sub/.GIT/config && echo fine > fine.txt`

  const { files } = await run({ 'a.txt': 'a\n' }, { command, collect: true })

  expect(files).toEqual([{ path: 'fine.txt', content: 'fine\n' }])
})

test('attack 26: a source with a git directory is not taken at all', async () => {
  const source = directoryWith({ 'a.txt': 'a\n' })
  mkdirSync(join(source, '.git'))

  await expect(run(source, { command: 'true' })).rejects.toThrow('git directory')
  rmSync(source, { recursive: true })
})

test('attack 8: a file that became a symbolic link to a secret hands back nothing', async () => {
  const command = ['ln', '-sf', join(secret, 'key'), 'a.txt'] as const

  const { files } = await run({ 'a.txt': 'a\n' }, { command, collect: true })

  expect(files).toEqual([{ path: 'a.txt', content: null }])
})

test('attack 9: an edit below a symbolic link of the source is dropped, so nobody follows it outside', async () => {
  const command = 'rm out && mkdir out && echo evil > out/key && echo b > src/a.ts'

  const { files } = await run(linked, { command, collect: true })

  expect(files).toEqual([{ path: 'src/a.ts', content: 'b\n' }])
  expect(readFileSync(join(secret, 'key'), 'utf8')).toBe('canary-collect')
})

describe('attack 38: a path that is more than it seems', () => {
  test.each([
    '../outside',
    '/etc/passwd',
    'a/../../outside',
    './a',
    'a//b',
    'a\nb',
    'a\0b',
    'a\u202Etxt.ts',
    '.git/config',
    'a/.GIT/config',
    '.g\u200Cit/config',
    'git~1/config',
    '.git /config',
    'a\\..\\b',
    'node_modules/x/index.js',
    'packages/a/node_modules/x/index.js',
    'x'.repeat(256),
    `${'d/'.repeat(600)}f`,
  ])('%j is dropped', (path) => {
    const printed = JSON.stringify([
      { path, content: 'evil' },
      { path: '-fine.ts', content: '' },
    ])

    const accepted = acceptCollected(printed, { source: secret, fileBytes: 1000 })

    expect(accepted).toEqual([{ path: '-fine.ts', content: '' }])
  })
})

test.each([
  ['no JSON', 'ready'],
  ['another shape', '{"path":"a","content":"b"}'],
  ['a field too many', '[{"path":"a","content":"b","mode":"0777"}]'],
  ['no text', '[{"path":"a","content":1}]'],
  ['an empty path', '[{"path":"","content":"x"}]'],
  ['cut off', '[{"path":"a","conte'],
])('an answer that is %s changes nothing', (_title, printed) => {
  expect(acceptCollected(printed, { source: secret, fileBytes: 1000 })).toEqual([])
})

test('a file larger than one may be is dropped', () => {
  const printed = JSON.stringify([{ path: 'a', content: 'x'.repeat(1001) }])

  expect(acceptCollected(printed, { source: secret, fileBytes: 1000 })).toEqual([])
})

test('attack 32: what a command writes into our own channel cannot smuggle a path or end the run', async () => {
  const forged = JSON.stringify([{ path: '../../etc/cron.d/x', content: 'evil' }])
  const command = `for pid in /proc/[0-9]*; do
      for fd in 3 4 5 6; do (printf '%s' '${forged}' > $pid/fd/$fd) 2>&- || true; done
    done; echo fine > fine.txt`

  const { files, end } = await run({ 'a.txt': 'a\n' }, { command, collect: true })

  expect(end).toEqual({ kind: 'exited', exitCode: 0 })
  expect(files.filter(({ path }) => path !== 'fine.txt')).toEqual([])
})

test('a flood of changed files ends at the limit', async () => {
  const small = sandboxWorld({ limits: { collected: 1024 * 1024 } })
  const command = 'for i in $(seq 1 40); do head -c 100000 /dev/zero | tr "\\0" x > f$i; done'

  const { end, files } = await small.run({ 'a.txt': '' }, { command, collect: true })

  expect({ end, files }).toEqual({ end: { kind: 'stopped', by: 'output' }, files: [] })
})
