import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGunzip } from 'node:zlib'

import { gitEnvironment } from './run-git.ts'

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The bare repository. */
  readonly directory: string
  readonly service: Service
  /** Whether the client asks what there is, before it says what it wants. */
  readonly asks: boolean
  /** For the repository's gatekeeper. */
  readonly rules: Readonly<Record<string, string>>
  /** Runs when git is done and before the client hears so. */
  readonly settle: () => Promise<void>
}

export type Service = 'git-upload-pack' | 'git-receive-pack'

/**
 * One request of git's smart protocol, answered by git itself. What git's `http-backend` does besides (gitprotocol-http)
 * is done here, because it starts two processes more for each request.
 */
export async function gitOverHttp(call: Call): Promise<void> {
  const { request, response, service, asks } = call
  const output = await exchanged(call)
  await call.settle()
  response.setHeader('cache-control', 'no-cache, max-age=0, must-revalidate')
  const kind = asks ? 'advertisement' : 'result'
  response.setHeader('content-type', `application/x-${service}-${kind}`)
  response.writeHead(output === null ? 500 : 200)
  const isNewer = String(request.headers['git-protocol'] ?? '').includes('version=2')
  if (asks && !(isNewer && service === 'git-upload-pack'))
    response.write(`${packet(`# service=${service}\n`)}0000`)
  response.end(output ?? '')
}

/** What git said; null where it failed and said nothing. */
async function exchanged(call: Call): Promise<Buffer | null> {
  const { request, directory, service, asks, rules } = call
  const how = ['--stateless-rpc', ...(asks ? ['--http-backend-info-refs'] : []), directory]
  const child = spawn('git', [service.replace('git-', ''), ...how], {
    env: {
      ...gitEnvironment,
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      ...rules,
    },
  })
  child.stdin.on('error', () => {})
  const isPacked = request.headers['content-encoding'] === 'gzip'
  if (isPacked) request.pipe(createGunzip()).pipe(child.stdin)
  else request.pipe(child.stdin)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.resume()
  // A client that is gone in the middle of a push must not hold up everybody else.
  request.once('close', () => {
    if (!request.complete) child.kill('SIGKILL')
  })
  const code = await new Promise((resolve) => {
    child.once('close', resolve)
  })
  return chunks.length === 0 && code !== 0 ? null : Buffer.concat(chunks)
}

/** A line of git's protocol, after its length in four hexadecimal digits. */
function packet(line: string): string {
  return `${(line.length + 4).toString(16).padStart(4, '0')}${line}`
}
