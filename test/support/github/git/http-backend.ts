import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGunzip } from 'node:zlib'

import { gitEnvironment } from './run-git.ts'

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The folder below which repositories lie. */
  readonly root: string
  /** `/owner/name.git/info/refs` */
  readonly path: string
  readonly query: string
  /** null: may not push. */
  readonly pusher: string | null
  /** For the repository's gatekeeper. */
  readonly rules: Readonly<Record<string, string>>
  /** Runs when git is done and before the client hears so. */
  readonly settle: () => Promise<void>
}

/** One request of git's smart protocol, answered by git's own `http-backend`. */
export async function gitOverHttp(call: Call): Promise<void> {
  const { request, response } = call
  const child = spawn('git', ['http-backend'], { env: environment(call) })
  const body = request.headers['content-encoding'] === 'gzip' ? createGunzip() : null
  child.stdin.on('error', () => {})
  if (body === null) request.pipe(child.stdin)
  else request.pipe(body).pipe(child.stdin)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.resume()
  // A client that is gone in the middle of a push must not hold up everybody else.
  request.once('close', () => {
    if (!request.complete) child.kill('SIGKILL')
  })
  await new Promise((resolve) => {
    child.once('close', resolve)
  })
  await call.settle()
  answer(response, Buffer.concat(chunks))
}

function environment({ request, root, path, query, pusher, rules }: Call): Record<string, string> {
  const header = (name: string): string => String(request.headers[name] ?? '')
  return {
    PATH: gitEnvironment.PATH ?? '',
    HOME: gitEnvironment.HOME,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: query,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    GIT_PROTOCOL: header('git-protocol'),
    REMOTE_ADDR: '127.0.0.1',
    ...rules,
    ...(pusher === null ? {} : { REMOTE_USER: pusher }),
  }
}

/** A CGI answer: headers, an empty line, a body. */
function answer(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n')
  const headers = output.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n')
  let status = end < 0 ? 500 : 200
  for (const line of headers.filter(Boolean)) {
    const colon = line.indexOf(':')
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()]
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
  response.writeHead(status)
  response.end(end < 0 ? '' : output.subarray(end + 4))
}
