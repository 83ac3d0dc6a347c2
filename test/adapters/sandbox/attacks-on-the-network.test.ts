import { createSocket } from 'node:dgram'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { attack, control } from '../../support/sandbox-attack.ts'
import { directoryWith } from '../../support/sandbox-machine.ts'

const folder = directoryWith({})
const abstract = `\0goalkeeper-canary-${process.pid}`
const servers = [0, join(folder, 'docker.sock'), abstract].map((where) => {
  const server = createServer((socket) => {
    touched.push(String(where))
    socket.on('error', () => undefined)
    socket.end('canary')
  })
  server.listen(where === 0 ? { port: 0, host: '127.0.0.1' } : { path: String(where) })
  return server
})
const datagrams = createSocket('udp4', () => touched.push('udp'))
let touched: string[] = []
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    datagrams.bind(0, '127.0.0.1', resolve)
  })
  port = tcpPort(servers[0]?.address() ?? null)
})

beforeEach(() => {
  touched = []
})

afterAll(() => {
  datagrams.close()
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true, force: true })
})

const connect = `await attempt(() => new Promise((resolve, reject) => {
  const to = given[0].startsWith('{') ? JSON.parse(given[0]) : { path: given[0].replace('@', '\\0') }
  net.connect(to).on('data', (got) => resolve(String(got))).on('error', reject)
}))`

test('attack 11: a port on the loopback of the host is not there', async () => {
  const target = JSON.stringify({ port, host: '127.0.0.1' })
  expect(await control(connect, [target])).toEqual(['succeeded canary'])
  touched = []

  expect(await attack(connect, [target])).toEqual(['blocked ECONNREFUSED'])
  expect(touched).toEqual([])
})

test.each([
  ['a socket file like that of Docker', join(folder, 'docker.sock'), 'ENOENT'],
  ['a socket in the abstract namespace', abstract.replace('\0', '@'), 'ECONNREFUSED'],
])('attack 14: %s is not there', async (_title, path, refusal) => {
  expect(await control(connect, [path])).toEqual(['succeeded canary'])
  touched = []

  expect(await attack(connect, [path])).toEqual([`blocked ${refusal}`])
  expect(touched).toEqual([])
})

test('attack 13: a datagram, as a name look-up would send it, does not arrive', async () => {
  const script = `import dgram from 'node:dgram'
    const socket = dgram.createSocket('udp4')
    await new Promise((resolve) => socket.send('canary', Number(given[0]), '127.0.0.1', resolve))
    socket.close()
    console.log('sent')`
  const target = String(datagrams.address().port)
  await control(script, [target])
  await settled()
  expect(touched).toEqual(['udp'])
  touched = []

  expect(await attack(script, [target])).toEqual(['sent'])
  await settled()
  expect(touched).toEqual([])
})

test('attack 12: there is no way to any address but loopback, so none to a metadata service', async () => {
  const script = `
    await attempt(() => Object.keys(os.networkInterfaces()).join())
    await attempt(() => fs.readFileSync('/proc/net/route', 'utf8').trim().split('\\n').length - 1)
    await attempt(() => fs.readFileSync('/proc/net/ipv6_route', 'utf8').trim().split('\\n').filter((line) => !line.endsWith('lo')).length)
    await attempt(() => fs.readFileSync('/etc/resolv.conf', 'utf8').length)`

  const [interfaces, ...routes] = await attack(script)

  expect(interfaces).toBe('succeeded lo')
  expect(routes.every((line) => line === 'succeeded 0' || line === 'blocked ENOENT')).toBe(true)
})

test('a server of the repository’s own tests works on loopback inside', async () => {
  const script = `await attempt(() => new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.end('hello')).listen(0, 'localhost', () =>
      net.connect(server.address().port, 'localhost').on('error', reject).on('data', (got) => { server.close(); resolve(String(got)) }))
  }))`

  expect(await attack(script)).toEqual(['succeeded hello'])
})

async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
}

function tcpPort(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
