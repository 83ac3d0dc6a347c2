import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import { isLoopback } from './manifest.ts'

export interface Reply {
  readonly status: number
  /** HTML. */
  readonly body: string
  /** It is over once this has been sent. */
  readonly isLast?: boolean
}

export interface WizardPages {
  /** The first page, with what its own form says; `state` has to come back. */
  start(query: URLSearchParams, at: { readonly state: string; readonly url: string }): Reply
  /** Somebody came back from GitHub with a code and the right state. */
  registered(code: string): Promise<Reply>
  refused(because: 'host' | 'state' | 'nothing'): Reply
}

export interface Wizard {
  readonly url: string
  /** Resolves when the last page was sent. */
  readonly over: Promise<void>
  close(): Promise<void>
}

interface WizardOf {
  readonly host: string
  readonly port: number
  /** Where its forms may lead. */
  readonly webUrl: string
  readonly pages: WizardPages
}

/** A small server for one browser on this machine. */
export async function openWizard({ host, port, webUrl, pages }: WizardOf): Promise<Wizard> {
  // One secret for as long as it runs: who does not know it did not begin here.
  const state = randomBytes(32).toString('hex')
  const over = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const said = await reply(request)
    if (said.isLast === true) response.on('finish', () => over.resolve())
    send(response, said, webUrl)
  }
  const reply = async (request: IncomingMessage): Promise<Reply> => {
    // A name that leads here from elsewhere (DNS rebinding) is not ours.
    if (!isOurs(request.headers.host ?? '')) return pages.refused('host')
    const { path, given, isFromHere } = visitOf(request, { url, state })
    if (path === '/') return pages.start(given, { state, url })
    if (path !== '/registered') return pages.refused('nothing')
    if (!isFromHere) return pages.refused('state')
    return pages.registered(given.get('code') ?? '')
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
  return {
    url,
    over: over.promise,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Where somebody wants to go; what a link from elsewhere proposes is not even looked at. */
function visitOf(
  { method, url = '/' }: IncomingMessage,
  here: { readonly url: string; readonly state: string },
) {
  const { pathname, searchParams } = new URL(url, here.url)
  const isFromHere = isSame(searchParams.get('state') ?? '', here.state)
  const given = isFromHere ? searchParams : new URLSearchParams()
  return { path: method === 'GET' ? pathname : '', given, isFromHere }
}

function isOurs(hostHeader: string): boolean {
  const url = `http://${hostHeader}`
  if (!URL.canParse(url)) return false
  return isLoopback(new URL(url).hostname.replaceAll(/[[\]]/g, ''))
}

function isSame(given: string, state: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(state)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function send(response: ServerResponse, { status, body }: Reply, webUrl: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${webUrl}; frame-ancestors 'none'; base-uri 'none'`,
    // The address has the code in it.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}
