import { existsSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

import { directoryWith } from './sandbox-machine.ts'

/** A host with things that are nobody's business, and code that looks for them. */
export interface Haunted {
  /** Where a server waits that nobody may reach. */
  readonly url: string
  /** Code that tells what it found in `node_modules/found.json`, where an install keeps it, or above where nobody may write there. */
  readonly code: string
  /** Whether any of it was reached or written to, as the host sees it. */
  harm(): readonly string[]
  directory(files: Readonly<Record<string, string>>): string
  close(): void
}

export const secretName = 'CANARY_TOKEN'

/** What the code finds inside the sandbox. */
export const foundNothing = {
  uid: 1000,
  canary: 'ENOENT',
  planted: 'ENOENT',
  environments: false,
  port: 'ECONNREFUSED',
}

/** `secret` is expected in our environment; the same stands in a file that everybody may read, and is what the server says. */
export async function hauntedHost(secret: string): Promise<Haunted> {
  const made: string[] = []
  const directory: Haunted['directory'] = (files) => {
    const one = directoryWith(files)
    made.push(one)
    return one
  }
  const canary = join(directory({ 'canary.txt': secret }), 'canary.txt')
  const planted = `${canary}.planted`
  let reached = 0
  const server = createServer((socket) => {
    reached += 1
    socket.end(secret)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    code: codeFor({ secret, canary, planted, port }),
    harm: () => [...(reached > 0 ? ['reached'] : []), ...(existsSync(planted) ? ['planted'] : [])],
    directory,
    close() {
      server.close()
      for (const one of made) rmSync(one, { recursive: true, force: true })
    },
  }
}

function codeFor(of: {
  readonly secret: string
  readonly canary: string
  readonly planted: string
  readonly port: number
}): string {
  return `const fs = require('node:fs')
const { spawnSync } = require('node:child_process')
const read = (path) => { try { return fs.readFileSync(path, 'utf8') } catch (error) { return error.code } }
const write = (path) => { try { fs.writeFileSync(path, 'planted'); return 'written' } catch (error) { return error.code } }
const call = "require('node:net').connect(${of.port}, '127.0.0.1').on('data', (text) => { console.log(String(text)); process.exit() }).on('error', (error) => { console.log(error.code); process.exit() })"
const found = {
  uid: process.getuid(),
  canary: read(${JSON.stringify(of.canary)}),
  planted: write(${JSON.stringify(of.planted)}),
  environments: fs.readdirSync('/proc').filter((name) => Number(name)).map((pid) => read('/proc/' + pid + '/environ')).join(' ').includes(${JSON.stringify(of.secret)}),
  port: spawnSync(process.execPath, ['-e', call], { encoding: 'utf8', env: {} }).stdout.trim(),
}
process.on('exit', () => {
  fs.mkdirSync('/w/node_modules', { recursive: true })
  try { fs.writeFileSync('/w/node_modules/found.json', JSON.stringify(found)) }
  catch { fs.writeFileSync('/w/found.json', JSON.stringify(found)) }
})
module.exports = { name: 'evil', factory: () => ({}), hooks: {} }
`
}
