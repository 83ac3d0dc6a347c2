import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { Agent as HttpAgent, get as httpGet } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, get as httpsGet } from 'node:https'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import { promisify } from 'node:util'

import { z } from 'zod'

/** The registry behind the mirror. Nothing but GET is ever sent there, and no credentials. */
export interface Upstream {
  readonly url: string
  /** Additional certificate authorities in PEM format. */
  readonly certificates: string | null
}

/** Answers with the response to a GET, redirects followed; its body is still to be read. */
export type Fetch = (url: string, accept: string) => Promise<IncomingMessage>

const settings = z.object({ registry: z.url(), cafile: z.string().nullish() })

/** What npm is configured to use on this machine, asked outside of any repository. */
export async function npmUpstream(toolbox: string): Promise<Upstream> {
  const cli = join(toolbox, 'lib/npm/bin/npm-cli.js')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, 'config', 'list', '--json', '--location=user'],
    { cwd: '/', maxBuffer: 4 * 1024 * 1024 },
  )
  const { registry, cafile } = settings.parse(JSON.parse(stdout))
  const certificates =
    typeof cafile === 'string' && existsSync(cafile) ? readFileSync(cafile, 'utf8') : null
  return { url: registry, certificates }
}

/** A client that keeps its connections. NODE_EXTRA_CA_CERTS and the proxy variables hold as Node reads them. */
export function createFetch({ certificates }: Upstream): Fetch {
  const ca = certificates === null ? [] : [certificates]
  const options = { keepAlive: true, maxSockets: 16, proxyEnv: process.env }
  const http = new HttpAgent(options)
  const https = new HttpsAgent({
    ...options,
    ca: [...getCACertificates('default'), ...ca],
  })
  const once: Fetch = async (url, accept) =>
    await new Promise((resolve, reject) => {
      const headers = { accept, 'accept-encoding': 'gzip', 'user-agent': 'goalkeeper' }
      const request = url.startsWith('https:')
        ? httpsGet(url, { agent: https, headers, timeout: 60_000 }, resolve)
        : httpGet(url, { agent: http, headers, timeout: 60_000 }, resolve)
      request.once('error', reject)
      request.once('timeout', () => request.destroy(new Error('The registry did not answer.')))
    })
  return async (url, accept) => {
    let from = url
    for (let hop = 0; hop < 4; hop += 1) {
      const response = await once(from, accept)
      const moved = redirect(response, from)
      if (moved === null) return response
      response.resume()
      from = moved
    }
    throw new Error('The registry redirects in circles.')
  }
}

/** Where a redirect leads; an encrypted connection is never given up for it. */
function redirect({ statusCode, headers }: IncomingMessage, from: string): string | null {
  if (statusCode === undefined || statusCode < 301 || statusCode > 308) return null
  if (headers.location === undefined) return null
  const to = new URL(headers.location, from)
  if (from.startsWith('https:') && to.protocol !== 'https:')
    throw new Error('The registry redirects to plain http.')
  return to.href
}
