import { rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { readRegistryPath } from '#adapters/sandbox/registry-path.ts'
import { createTarballCache } from '#adapters/sandbox/tarballs.ts'

import { directoryWith, sandboxWorld } from '../../support/sandbox-machine.ts'
import type { SandboxWorld } from '../../support/sandbox-machine.ts'
import { fakeRegistry } from '../../support/sandbox-registry.ts'
import type { FakeRegistry } from '../../support/sandbox-registry.ts'

const left = { name: 'left', version: '1.0.0', files: { 'index.js': 'module.exports = 1\n' } }
let registry: FakeRegistry
let world: SandboxWorld
const home = directoryWith({})

beforeAll(async () => {
  registry = await fakeRegistry([left, { ...left, name: '@scope/right' }])
  world = sandboxWorld({ upstream: { url: registry.url, certificates: null } })
})

beforeEach(() => {
  registry.asked.length = 0
})

afterAll(() => {
  registry.close()
  rmSync(home, { recursive: true, force: true })
})

/** Sends raw requests from inside, so that no client tidies them up, and prints the status of each answer. */
const client = `
import net from 'node:net'
for (const line of process.argv.slice(2)) {
  const [head, body = ''] = line.split('|')
  const text = await new Promise((resolve) => {
    let got = ''
    const socket = net.connect(4873, '127.0.0.1')
    socket.on('data', (chunk) => { got += chunk }).on('close', () => resolve(got)).on('error', () => resolve('refused'))
    socket.write(head + ' HTTP/1.1\\r\\nhost: x\\r\\nconnection: close\\r\\nauthorization: Bearer canary\\r\\ncookie: canary\\r\\ncontent-length: ' + body.length + '\\r\\n\\r\\n' + body)
  })
  console.log(text.split('\\r\\n')[0])
}`

async function send(...requests: string[]): Promise<string[]> {
  const files = { 'client.mjs': client }
  const command = ['node', 'client.mjs', ...requests] as const
  const { stdout } = await world.run(files, { command: [...command], network: 'registry' })
  return stdout.trim().split('\n')
}

describe('attack 15: carrying something out through the registry', () => {
  test.each([
    'PUT /left|secret',
    'POST /left|secret',
    'DELETE /left',
    'PATCH /left|secret',
    'GET /-/v1/search?text=secret',
    'GET /left?secret',
    'GET /left/-/left-1.0.0.tgz?secret',
    'POST /-/npm/v1/security/audits|secret',
    'GET /-/whoami',
    'GET /../../etc/passwd',
    'GET /left/../../etc/passwd',
    'GET /%2e%2e/%2e%2e/etc/passwd',
    'GET /left/-/../../../etc/passwd.tgz',
    'GET /left/-/..%2f..%2fsecret.tgz',
    'GET http://127.0.0.1:1/left',
    'GET //127.0.0.1:1/left',
    'GET /',
    'GET /a/b/c/d',
  ])('%s is refused and never reaches the upstream', async (request) => {
    expect(await send(request)).toEqual(['HTTP/1.1 403 Forbidden'])
    expect(registry.asked).toEqual([])
  })

  test('a tunnel to another host is not opened', async () => {
    const [answer] = await send('CONNECT 127.0.0.1:1')

    expect(answer).not.toContain('200')
    expect(registry.asked).toEqual([])
  })

  test('packages and tarballs are served, and no credentials go along', async () => {
    const answers = await send('GET /left', 'GET /@scope%2fright', 'GET /left/-/left-1.0.0.tgz')

    expect(answers).toEqual(Array(3).fill('HTTP/1.1 200 OK'))
    expect(registry.asked.slice(0, 2)).toEqual(['GET /left', 'GET /@scope/right'])
    expect(registry.credentials).toEqual([])
  })

  test('a run that has loaded its share gets no more', async () => {
    const upstream = { url: registry.url, certificates: null }
    const small = sandboxWorld({ upstream, limits: { download: 100 } })
    const command = ['node', 'client.mjs', 'GET /left', 'GET /left'] as const

    const { stdout } = await small.run(
      { 'client.mjs': client },
      { command: [...command], network: 'registry' },
    )

    expect(stdout.trim().split('\n').at(-1)).toBe('HTTP/1.1 403 Forbidden')
  })
})

describe('attack 23: a tarball that is a bomb', () => {
  const limits = { packed: 100_000, unpacked: 1_000_000, unchecked: 1000 }

  test.each([
    ['too large as it is sent', Buffer.alloc(100_001)],
    ['too large unpacked', gzipSync(Buffer.alloc(5_000_000))],
  ])('%s is not kept', async (_title, bytes) => {
    const cache = createTarballCache(home, limits)

    await expect(cache.file('bomb', async () => Readable.from([bytes]))).rejects.toThrow('larger')
    await expect(
      cache.file('bomb', async () => await Promise.reject(new Error('asked again'))),
    ).rejects.toThrow('asked again')
  })

  test('an honest one is loaded once', async () => {
    const cache = createTarballCache(home, limits)
    let loads = 0
    const load = async (): Promise<Readable> => {
      loads += 1
      return Readable.from([gzipSync(Buffer.alloc(50_000, 1))])
    }

    const files = await Promise.all([cache.file('a', load), cache.file('a', load)])
    await cache.file('a', load)

    expect(new Set(files).size).toBe(1)
    expect(loads).toBe(1)
  })
})

test.each([
  ['/left', { kind: 'metadata', name: 'left', version: null }],
  ['/left/latest', { kind: 'metadata', name: 'left', version: 'latest' }],
  ['/@a%2Fb', { kind: 'metadata', name: '@a/b', version: null }],
  ['/@a/b/-/b-1.0.0.tgz', { kind: 'tarball', name: '@a/b', file: 'b-1.0.0.tgz' }],
  ['/@a/b/-/@a/b-1.0.0.tgz', { kind: 'tarball', name: '@a/b', file: 'b-1.0.0.tgz' }],
  [
    '/api/npm/all/left/-/left-1.0.0-rc.1+5.tgz',
    { kind: 'tarball', name: 'left', file: 'left-1.0.0-rc.1+5.tgz' },
  ],
])('%s is understood', (path, asked) => {
  expect(readRegistryPath(path)).toEqual(asked)
})
