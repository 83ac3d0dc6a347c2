import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { CoderUsage } from '#domain/coder.ts'
import type { Meter } from '#ports/coder.ts'

import { ownMark } from '../system/processes.ts'
import type { Prices } from './prices.ts'
import { usageIn } from './usage-in.ts'

export interface DoorSettings {
  /** The model as it is called in a report. */
  readonly model: string
  /** Where the two languages are spoken, as in https://api.anthropic.com/v1 */
  readonly baseUrl: string
  readonly apiKey: string
  readonly prices: Prices | null
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number
}

export interface ModelDoor {
  readonly socket: string
  /** A call was refused because the budget is spent. */
  isSpent(): boolean
  close(): Promise<void>
}

/** What an agent asks a model for, and nothing else of the endpoint. */
const allowed = /^(?:POST \/v1\/(?:messages|chat\/completions|responses)|GET \/v1\/models)$/
const passedOn = ['content-type', 'accept', 'anthropic-version', 'anthropic-beta'] as const
const most = { request: 20_000_000, answer: 20_000_000 }

interface Door extends DoorSettings {
  readonly meter: Meter
  readonly signal: AbortSignal
  spent: boolean
  /** The call before: one at a time, so that none is made on money that another one spends. */
  last: Promise<void>
}

/** A door to a model for who may not know the key: the key is put in here, and every call is counted. */
export async function openModelDoor(
  settings: DoorSettings,
  meter: Meter,
  signal: AbortSignal,
): Promise<ModelDoor> {
  const folder = mkdtempSync(join(tmpdir(), `goalkeeper-model-${ownMark}-`))
  const socket = join(folder, 'model.sock')
  const closing = new AbortController()
  const door: Door = {
    ...settings,
    meter,
    signal: AbortSignal.any([signal, closing.signal]),
    spent: false,
    last: Promise.resolve(),
  }
  let failure: unknown = null
  const server = createServer((request, response) => {
    door.last = door.last
      .then(() => answer(door, request, response))
      .catch((error: unknown) => {
        failure ??= error
        response.destroy()
      })
  })
  await listening(server, socket)
  // The folder is ours alone; through the bind the sandbox's user meets only the socket.
  chmodSync(socket, 0o666)
  return {
    socket,
    isSpent: () => door.spent,
    async close() {
      closing.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await door.last
      rmSync(folder, { recursive: true, force: true })
      if (failure !== null) throw failure
    },
  }
}

async function listening(server: Server, socket: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
}

async function answer(
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  if (!allowed.test(`${request.method} ${path}`)) return refuse(response, 403, 'not a model')
  if (door.spent) return refuse(response, 403, 'the budget is spent')
  const body = await bodyOf(request)
  if (body === null) return refuse(response, 413, 'too long')
  const began = door.elapsed()
  const answered = await ask(door, { request, path, body }).catch(() => null)
  if (answered === null) return refuse(response, 502, 'the endpoint could not be reached')
  const { status, headers, text } = answered
  // Counted before it is handed over: who has the answer asks the next question.
  if (request.method === 'POST' && status < 400) {
    const used: CoderUsage = {
      model: door.model,
      calls: 1,
      ...usageIn(text, body.length, door.prices),
      durationMs: door.elapsed() - began,
    }
    door.spent = (await door.meter.spend(used)) === 'spent'
  }
  response.writeHead(status, headers)
  response.end(text)
}

interface Question {
  readonly request: IncomingMessage
  readonly path: string
  readonly body: string
}

async function ask({ baseUrl, apiKey, signal }: Door, { request, path, body }: Question) {
  const headers = new Headers()
  for (const name of passedOn) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  // Whatever stood there was a dummy.
  if (request.headers['x-api-key'] !== undefined) headers.set('x-api-key', apiKey)
  else headers.set('authorization', `Bearer ${apiKey}`)
  const answered = await fetch(`${baseUrl}${path.slice('/v1'.length)}`, {
    method: request.method ?? 'GET',
    headers,
    signal,
    redirect: 'error',
    ...(request.method === 'POST' && { body }),
  })
  const text = await answered.text()
  return {
    status: answered.status,
    headers: { 'content-type': answered.headers.get('content-type') ?? 'application/json' },
    text: text.slice(0, most.answer),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    const bytes = Buffer.from(piece)
    length += bytes.length
    if (length > most.request) return null
    pieces.push(bytes)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { type: 'refused', message } }))
}
