import { chmodSync, createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

import { ownMark } from '../system/processes.ts'
import { readRegistryPath, registryPath } from './registry-path.ts'
import type { RegistryPath } from './registry-path.ts'
import { atMost, spending } from './tarballs.ts'
import type { TarballCache } from './tarballs.ts'
import { createFetch } from './upstream.ts'
import type { Fetch, Upstream } from './upstream.ts'

/** Where the mirror appears inside. */
export const registryUrl = 'http://127.0.0.1:4873/'

export interface RegistryOptions {
  readonly upstream: Upstream
  readonly tarballs: TarballCache
  /** What all answers together may hold. */
  readonly bytes: number
}

export interface Registry {
  /** A unix socket to bind into a cell. */
  readonly socket: string
  close(): Promise<void>
}

interface Answering extends RegistryOptions {
  readonly fetch: Fetch
  readonly budget: { left: number }
}

/** A package registry that can only be read (fixers.md A5): packages and tarballs of one upstream, for one run. */
export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), `goalkeeper-registry-${ownMark}-`))
  const socket = join(folder, 'registry.sock')
  const answering = {
    ...options,
    fetch: createFetch(options.upstream),
    budget: { left: options.bytes },
  }
  const server = createServer((request, response) => {
    answer(request, response, answering).catch(() => response.destroy())
  })
  await listen(server, socket)
  // The folder is ours alone; through the bind the sandbox's user meets only the socket.
  chmodSync(socket, 0o666)
  return {
    socket,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listen(server: Server, socket: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  registry: Answering,
): Promise<void> {
  const asked = request.method === 'GET' ? readRegistryPath(request.url ?? '') : null
  if (asked === null) return end(response, 403, 'This registry can only be read.')
  if (registry.budget.left <= 0) return end(response, 403, 'This run has loaded enough.')
  try {
    if (asked.kind === 'tarball') await sendTarball(asked, response, registry)
    else await sendMetadata(asked, { request, response }, registry)
  } catch (error) {
    if (response.headersSent) response.destroy()
    else end(response, 502, error instanceof Error ? error.message : 'The registry failed.')
  }
}

async function sendTarball(
  asked: RegistryPath,
  response: ServerResponse,
  { upstream, tarballs, fetch, budget }: Answering,
): Promise<void> {
  const address = addressOf(upstream, asked)
  const file = await tarballs.file(address, async () => {
    const found = await fetch(address, '*/*')
    if (found.statusCode === 200) return found
    found.resume()
    throw new Error(`The registry answered ${found.statusCode}.`)
  })
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  await pipeline(createReadStream(file), spending(budget), response)
}

const abbreviated = 'application/vnd.npm.install-v1+json'
const metadataBytes = 128 * 1024 * 1024

async function sendMetadata(
  asked: RegistryPath,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  { upstream, fetch, budget }: Answering,
): Promise<void> {
  const short = request.headers.accept?.includes(abbreviated) === true
  const found = await fetch(addressOf(upstream, asked), short ? abbreviated : 'application/json')
  const unpack = found.headers['content-encoding'] === 'gzip' ? createGunzip() : new PassThrough()
  const json = withOurTarballs(await pipeline(found, unpack, atMost(metadataBytes), text))
  const type = found.headers['content-type'] ?? 'application/json'
  response.writeHead(found.statusCode ?? 502, { 'content-type': type })
  await pipeline(Readable.from([Buffer.from(json)]), spending(budget), response)
}

/** Tarball addresses lead to the mirror, whatever host and path the upstream gives them. */
function withOurTarballs(json: string): string {
  return json.replaceAll(
    /"tarball"\s*:\s*"https?:\/\/[^/"]+(\/[^"?#]*)[^"]*"/g,
    (whole, path: string) => {
      const asked = readRegistryPath(path)
      return asked === null ? whole : `"tarball":"${registryUrl}${registryPath(asked).slice(1)}"`
    },
  )
}

function addressOf(upstream: Upstream, asked: RegistryPath): string {
  return upstream.url.replace(/\/$/, '') + registryPath(asked)
}

function end(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' })
  response.end(message)
}
