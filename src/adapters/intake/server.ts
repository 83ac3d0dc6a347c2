import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string | boolean>>
  readonly headers?: Readonly<Record<string, string>>
  /** The rest of the request is not wanted. */
  readonly close?: boolean
}

/** Method and path → what answers it. */
export type Routes = ReadonlyMap<
  string,
  Readonly<Partial<Record<'GET' | 'POST', (request: IncomingMessage) => Promise<Answer>>>>
>

export interface RunningServer {
  readonly url: string
  /** Takes no new request and resolves when those under way are answered. */
  stop(): Promise<void>
}

interface Listening {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly routes: Routes
}

/** Answers in JSON, tells nobody what it runs on, and never dies of a request. */
export async function startServer({ host, port, routes }: Listening): Promise<RunningServer> {
  const server = createServer((request, response) => {
    void answerOf(request, routes).then((answer) => send(response, answer))
  })
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  await listening(server, host, port)
  const address = server.address()
  return {
    url: urlOf(host, isAddress(address) ? address.port : port),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

async function answerOf(request: IncomingMessage, routes: Routes): Promise<Answer> {
  const [path = '/'] = (request.url ?? '/').split('?', 1)
  const route = routes.get(path)
  if (route === undefined) return { status: 404, body: { error: 'There is nothing here.' } }
  const { method } = request
  const handle = method === 'GET' || method === 'POST' ? route[method] : undefined
  if (handle === undefined) {
    const allow = Object.keys(route).join(', ')
    return { status: 405, body: { error: `Only ${allow}.` }, headers: { allow }, close: true }
  }
  return handle(request).catch(() => ({ status: 500, body: { error: 'Unforeseen.' } }))
}

function send(response: ServerResponse, { status, body, headers, close }: Answer): void {
  if (response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
    ...(close === true ? { connection: 'close' } : {}),
  })
  response.end(text)
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
