import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'

import { describe, expect, test } from 'vitest'

import { attack } from '../../support/sandbox-attack.ts'
import { sandboxWorld } from '../../support/sandbox-machine.ts'

const mebibyte = 1024 * 1024
const { run } = sandboxWorld()

describe('what a command may use up', () => {
  test('attack 20: two thousand children do not come to be', async () => {
    const script = `let alive = 0, refused = 0
      await attempt(async () => {
        for (let i = 0; i < 2000; i++) await new Promise((resolve) => {
          const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore' })
          child.on('spawn', () => { alive++; resolve() }).on('error', () => { refused++; resolve() })
        })
        must(alive === 2000, 'only ' + alive)
      })
      process.exit(0)`

    const [line] = await attack(script)

    expect(line).toMatch(/^blocked only \d{1,3}$/)
    expect(Number(line?.split(' ').at(-1))).toBeLessThan(512)
  })

  test('attack 21: four gigabytes of memory end at the limit', async () => {
    const small = sandboxWorld({ limits: { memory: 192 * mebibyte, workspace: 64 * mebibyte } })
    const script = `const kept = []
      for (let i = 0; i < 64; i++) kept.push(Buffer.alloc(64 * 1024 * 1024, 1))
      console.log('got it all')`

    const { end, stdout } = await small.run({ 'a.mjs': script }, { command: ['node', 'a.mjs'] })

    expect({ end, stdout }).toEqual({ end: { kind: 'stopped', by: 'memory' }, stdout: '' })
  })

  const fill = `await attempt(() => {
    const file = fs.openSync(given[0] + '/fill', 'w')
    for (let written = 0; written < Number(given[1]); written += 8) fs.writeSync(file, Buffer.alloc(8 * 1024 * 1024, 1))
  })`

  test.each([
    ['21: /tmp', '/tmp', 'ENOSPC'],
    ['21: shared memory', '/dev/shm', 'ENOSPC'],
    ['21: the home directory', '/home/sandbox', 'ENOSPC'],
    ['22: one file of three gigabytes', '/w', 'EFBIG|ENOSPC'],
  ])('attack %s cannot be filled', async (_title, place, refusal) => {
    const [line] = await attack(fill, [place, '3072'])

    expect(line).toMatch(new RegExp(`^blocked (${refusal})$`))
  })

  test('attack 22: the root of the file system takes nothing', async () => {
    expect(await attack(fill, ['/', '16'])).toEqual(['blocked EROFS'])
  })

  test('attack 22: twenty files of a hundred megabytes do not fit', async () => {
    const script = `await attempt(() => { for (let i = 0; i < 20; i++) fs.writeFileSync('f' + i, Buffer.alloc(100 * 1024 * 1024, 1)) })`

    expect(await attack(script)).toEqual(['blocked ENOSPC'])
  })

  test('attack 22: a sparse terabyte is refused', async () => {
    const script = `await attempt(() => fs.truncateSync(fs.openSync('sparse', 'w') && 'sparse', 2 ** 40))`

    expect(await attack(script)).toEqual(['blocked EFBIG'])
  })

  test('attack 22: five thousand folders inside each other do not break the collecting of files', async () => {
    const script = `for (let i = 0; i < 5000; i++) { fs.mkdirSync('d'); process.chdir('d') }
      fs.writeFileSync('bottom', 'x')`

    const { end, files } = await run(
      { 'deep.mjs': `import fs from 'node:fs'\n${script}` },
      { command: 'node deep.mjs; echo changed > /w/top', collect: true },
    )

    expect(end).toEqual({ kind: 'exited', exitCode: 0 })
    expect(files.filter(({ path }) => path.length > 1024)).toEqual([])
  })

  test('attack 23: a compressed file of the repository cannot unpack into more than the workspace', async () => {
    const bomb = gzipSync(Buffer.alloc(700 * mebibyte)).toString('base64')
    const script = `await attempt(() => execFileSync('/bin/sh', ['-c', 'base64 -d bomb | gzip -d > unpacked'], { stdio: ['ignore', 'pipe', 'pipe'] }) && must(fs.statSync('unpacked').size < 1, 'unpacked'))
      await attempt(() => must(fs.statSync('unpacked').size > 600 * 1024 * 1024, 'too small'))`

    const printed = await attack(script, [], { patch: [{ path: 'bomb', content: bomb }] })

    expect(printed.filter((line) => line.startsWith('succeeded'))).toEqual([])
    expect(printed.join()).toContain('No space left on device')
  })
})

describe('what a command may print', () => {
  test.each([
    ['without end', 'yes'],
    ['as one line of a hundred megabytes', 'head -c 104857600 /dev/zero | tr "\\0" x'],
    ['on standard error', 'yes 1>&2'],
  ])('attack 24: output %s ends at the limit', async (_title, command) => {
    const before = process.memoryUsage().rss

    const { end, stdout, stderr } = await run({ 'a.txt': '' }, { command })

    expect(end).toEqual({ kind: 'stopped', by: 'output' })
    expect(stdout.length + stderr.length).toBeLessThanOrEqual(20 * mebibyte)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * mebibyte)
  })

  test('attack 24: control sequences come out as text and nothing else happens', async () => {
    const { stdout, end } = await run(
      { 'a.txt': '' },
      { command: String.raw`printf '\033[2J\033]0;title\007\r\xff\n'` },
    )

    expect(end).toEqual({ kind: 'exited', exitCode: 0 })
    expect(stdout).toBe('\u001B[2J\u001B]0;title\u0007\r\uFFFD\n')
  })
})

describe('how long a command may last', () => {
  test.each([
    ['an endless loop', 'while :; do :; done'],
    ['a program that ignores SIGTERM', "trap '' TERM INT HUP; while :; do sleep 0.05; done"],
    ['a daemon that holds the output open', '(setsid sleep 61.3 &) ; setsid sleep 61.3'],
  ])('attack 25: %s is gone when its time is up', async (_title, command) => {
    const began = performance.now()

    const { end } = await run({ 'a.txt': '' }, { command, timeoutMs: 700 })

    expect(end).toEqual({ kind: 'stopped', by: 'time' })
    expect(performance.now() - began).toBeLessThan(5000)
    expect(hostHas('sleep 61.3')).toBe(false)
  })

  test('attack 25: a daemon does not outlive the command that left it behind', async () => {
    const began = performance.now()

    const { end } = await run({ 'a.txt': '' }, { command: '(setsid sleep 62.4 &) ; exit 4' })

    expect(end).toEqual({ kind: 'exited', exitCode: 4 })
    expect(performance.now() - began).toBeLessThan(5000)
    expect(hostHas('sleep 62.4')).toBe(false)
  })
})

function hostHas(commandLine: string): boolean {
  return execFileSync('ps', ['axo', 'args']).toString().split('\n').includes(commandLine)
}
