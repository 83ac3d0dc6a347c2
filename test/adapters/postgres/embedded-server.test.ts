import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { answers } from '#adapters/postgres/answers.ts'
import { startEmbeddedServer } from '#adapters/postgres/embedded-server.ts'

const child = join(import.meta.dirname, '../../support/database-child.ts')
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'goalkeeper-embedded-'))
  chmodSync(directory, 0o711)
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

function another() {
  const running = execa(process.execPath, [child, directory], { reject: false })
  const up = new Promise<void>((resolve) => {
    running.stdout.once('data', () => {
      resolve()
    })
  })
  return { process: running, up }
}

function serverPid(): number {
  const file = join(directory, 'postgres', 'cluster', 'data', 'postmaster.pid')
  return Number(readFileSync(file, 'utf8').split('\n')[0])
}

/** A killed process stays listed until its parent takes note of it; it is no longer running. */
function runs(pid: number): boolean {
  const file = `/proc/${pid}/stat`
  return existsSync(file) && !/\) Z /.test(readFileSync(file, 'utf8'))
}

test('processes that start at once share one server, which stops when the last one leaves', async () => {
  const all = [another(), another(), another()]
  await Promise.all(all.map(({ up }) => up))
  const pid = serverPid()
  const [first, second, last] = all.map(({ process: one }) => one)

  first?.stdin.end()
  second?.stdin.end()
  await Promise.all([first, second])
  expect(runs(pid)).toBe(true)

  last?.stdin.end()
  expect((await last)?.stdout).toContain('left')
  expect(runs(pid)).toBe(false)
})

test('the server outlives a killed process, is used again, and stops with the next one', async () => {
  const killed = another()
  await killed.up
  const pid = serverPid()
  killed.process.kill('SIGKILL')
  await killed.process

  const server = await startEmbeddedServer(directory)

  expect(serverPid()).toBe(pid)
  await server.stop()
  expect(runs(pid)).toBe(false)
})

test('a killed server comes back with what was committed', async () => {
  const server = await startEmbeddedServer(directory)
  const client = new Client({ connectionString: server.url })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('create table kept as select 7 as n')

  process.kill(serverPid(), 'SIGKILL')
  for (let tries = 0; (await answers(server.url)) && tries < 100; tries += 1) await sleep(20)
  await server.revive()

  const again = new Client({ connectionString: server.url })
  await again.connect()
  expect((await again.query('select n from kept')).rows).toEqual([{ n: 7 }])
  await again.end()
  await server.stop()
})

test('a directory too deep for a socket has its socket elsewhere', async () => {
  const deep = join(directory, 'a'.repeat(80), 'b'.repeat(80))
  mkdirSync(deep, { recursive: true })

  const server = await startEmbeddedServer(deep)

  expect(await answers(server.url)).toBe(true)
  await server.stop()
})

test('a directory that others may not enter works as well', async () => {
  // As below /root, when root asks: the server itself runs as nobody.
  const closed = mkdtempSync(join(homedir(), '.goalkeeper-test-'))
  try {
    const server = await startEmbeddedServer(closed)

    expect(await answers(server.url)).toBe(true)
    await server.stop()
    const elsewhere = dirname(new URL(server.url).searchParams.get('host') ?? closed)
    if (elsewhere.startsWith('/var/lib/goalkeeper/')) rmSync(elsewhere, { recursive: true })
  } finally {
    rmSync(closed, { recursive: true, force: true })
  }
})
