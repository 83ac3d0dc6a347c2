import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, test } from 'vitest'

import { createSandbox } from '#adapters/sandbox/sandbox.ts'

import { directoryWith, sandboxWorld } from '../../support/sandbox-machine.ts'

const { run, machine } = sandboxWorld()
const files = { 'a.txt': 'a\n', 'src/b.txt': 'b\n', 'bin/run.sh': '#!/bin/sh\necho ran\n' }

test('the sandbox proves itself on this machine, in less than a second', async () => {
  const began = performance.now()

  const proof = await createSandbox(machine).prove()

  expect(proof).toMatchObject({ kind: 'holds' })
  expect(performance.now() - began).toBeLessThan(1000)
})

test('without bubblewrap the sandbox refuses, says what to install, and runs nothing', async () => {
  const path = process.env['PATH']
  process.env['PATH'] = '/nowhere'
  try {
    const sandbox = createSandbox(machine)

    expect(await sandbox.prove()).toEqual({
      kind: 'refuses',
      because: 'bubblewrap is not installed.',
      remedy: 'Run: sudo apt-get install -y bubblewrap util-linux',
    })
    const request = { source: '/tmp', patch: [], mounts: [], directory: '.', timeoutMs: 1000 }
    await expect(
      sandbox.run({ ...request, command: 'true', network: 'none', collect: false }),
    ).rejects.toThrow('bubblewrap is not installed.')
  } finally {
    process.env['PATH'] = path
  }
})

describe('a command', () => {
  test.each([
    ['its exit code', 'exit 7', { kind: 'exited', exitCode: 7 }],
    ['the failure of a pipe', 'false | cat', { kind: 'exited', exitCode: 1 }],
    ['the first failure of several commands', 'false; true', { kind: 'exited', exitCode: 1 }],
    ['a program that is not there', ['no-such-program'], { kind: 'exited', exitCode: 127 }],
    ['a signal of its own', 'kill -SEGV $$', { kind: 'exited', exitCode: 139 }],
  ] as const)('ends with %s', async (_title, command, end) => {
    expect((await run(files, { command })).end).toEqual(end)
  })

  test('starts in the directory asked for, with the files and their modes', async () => {
    const source = directoryWith(files)
    chmodSync(join(source, 'bin/run.sh'), 0o755)

    const { stdout } = await run(source, {
      command: 'pwd; ./run.sh; cat ../src/b.txt',
      directory: 'bin',
    })

    expect(stdout).toBe('/w/bin\nran\nb\n')
    rmSync(source, { recursive: true })
  })

  test('sees the patch laid over the files: changed, new and deleted', async () => {
    const patch = [
      { path: 'a.txt', content: 'A\n' },
      { path: 'new/deep/c.txt', content: 'c\n' },
      { path: 'src/b.txt', content: null },
    ]

    const { stdout } = await run(files, { command: 'cat a.txt new/deep/c.txt; ls src', patch })

    expect(stdout).toBe('A\nc\n')
  })

  test('reads what it is given on standard input, and finds the end where there is nothing', async () => {
    expect((await run(files, { command: 'cat', stdin: 'hello' })).stdout).toBe('hello')
    expect((await run(files, { command: 'cat' })).stdout).toBe('')
  })

  test('is started at once where its input is still to come', async () => {
    const input = Promise.withResolvers<string>()
    const running = run({ a: '' }, { command: 'date +%s%N; cat', stdin: input.promise })
    await sleep(1500)
    const asked = Date.now()
    input.resolve('late')
    const [started = '', answer] = (await running).stdout.split('\n')

    expect(answer).toBe('late')
    expect(Number(started.slice(0, 13))).toBeLessThan(asked - 500)
  })

  test('has a small environment of ours and what the caller adds', async () => {
    const command = 'env | cut -d= -f1 | sort | tr "\\n" " "'

    const { stdout } = await run(files, { command, env: { EXTRA: 'x' } })

    const ours = 'CI EXTRA HOME LANG PATH TMPDIR pnpm_config_verify_deps_before_run'
    const shell = 'OLDPWD PWD SHLVL _'
    expect(stdout.trim().split(' ').toSorted()).toEqual(`${ours} ${shell}`.split(' ').toSorted())
  })

  test('finds our Node first in its path, and nothing of a former run', async () => {
    await run(files, { command: 'echo left > /tmp/left; echo left > left' })

    const { stdout } = await run(files, { command: 'node --version; ls /tmp; ls' })

    expect(stdout).toBe(`${process.version}\na.txt\nbin\nsrc\n`)
  })

  test('is ended by the caller’s signal', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 300)

    const { end } = await run(files, { command: 'sleep 60', signal: controller.signal })

    expect(end).toEqual({ kind: 'stopped', by: 'signal' })
  })

  test('may write to the folders tools use below installed modules, and nowhere else in them', async () => {
    const modules = directoryWith({ 'x/index.js': '' })
    mkdirSync(join(modules, '.vite'))

    const { end } = await run(files, {
      command: 'touch node_modules/.vite/ok; if touch node_modules/x/no; then exit 9; fi',
      mounts: [{ path: 'node_modules', from: modules }],
    })

    expect(end).toEqual({ kind: 'exited', exitCode: 0 })
    rmSync(modules, { recursive: true })
  })
})

describe('a source', () => {
  test('that only its owner may read is taken nevertheless', async () => {
    const source = directoryWith(files)
    writeFileSync(join(source, 'src/own.txt'), 'own\n', { mode: 0o600 })
    chmodSync(join(source, 'src'), 0o700)
    chmodSync(source, 0o700)

    const { stdout } = await run(source, {
      command: 'cat src/own.txt; echo more > src/b.txt',
      collect: true,
    })

    expect(stdout).toBe('own\n')
    rmSync(source, { recursive: true })
  })

  test('attack 42: larger than the workspace is an error of ours, not a red command', async () => {
    const small = sandboxWorld({ limits: { workspace: 1024 * 1024 } })
    const large = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, 'x'.repeat(400_000)]))

    await expect(small.run(large, { command: 'true' })).rejects.toThrow('No space left')
  })

  test('with a patch outside of it is refused', async () => {
    const patch = [{ path: '../evil', content: 'x' }]

    await expect(run(files, { command: 'true', patch })).rejects.toThrow('A patch may not touch')
  })

  test.each(['/etc', '../up', 'a/../../b', '/opt/../etc'])(
    'with a mount at %s is refused',
    async (path) => {
      const mounts = [{ path, from: machine.home }]

      await expect(run(files, { command: 'true', mounts })).rejects.toThrow('A mount may not be at')
    },
  )
})
