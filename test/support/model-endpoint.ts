import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import { addressOf } from './balancer.ts'
import { anthropicAnswer, openaiAnswer } from './model-answers.ts'
import { anthropicStream, openaiStream } from './model-streams.ts'

/** What the model does next: calls tools, says something, or the endpoint itself misbehaves. */
export type Turn =
  | { readonly kind: 'calls'; readonly calls: readonly Call[]; readonly usage?: Usage | null }
  | { readonly kind: 'says'; readonly text: string; readonly end?: 'stop' | 'length' | 'filter' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The connection breaks in the middle of an answer. */
  | { readonly kind: 'cut' }
  /** An answer that is no JSON of any of the two languages. */
  | { readonly kind: 'garbage'; readonly body: string }
  | { readonly kind: 'silence' }

interface Call {
  readonly tool: string
  readonly input: unknown
}

/** In tokens; null leaves it out of the answer. */
export interface Usage {
  readonly input: number
  readonly output: number
  readonly cached: number
}

export interface Heard {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  /** The request as it was sent: all that the model gets to see. */
  readonly body: string
}

export interface ModelEndpoint {
  /** For CODER_BASE_URL. */
  readonly url: string
  readonly heard: readonly Heard[]
  stop(): Promise<void>
}

/** One tool call as a turn. */
export function call(tool: string, input: unknown): Turn {
  return { kind: 'calls', calls: [{ tool, input }] }
}

export const submit = call('submit', { rationale: 'It added instead of subtracting.' })

/**
 * Both model APIs on loopback, in whole answers or, where a request asks for it, in streams. Each request gets the next turn of the script, the last one again and again; a script
 * that is a function sees what was asked, so that one endpoint serves several tasks.
 */
export async function modelEndpoint(
  script: readonly Turn[] | ((heard: Heard, number: number) => Turn),
): Promise<ModelEndpoint> {
  const heard: Heard[] = []
  const next = (): Turn => {
    const last = heard.at(-1)
    if (typeof script === 'function' && last !== undefined) return script(last, heard.length)
    const turns = typeof script === 'function' ? [] : script
    return turns[Math.min(heard.length, turns.length) - 1] ?? { kind: 'status', status: 500 }
  }
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request)
    heard.push({ url: request.url ?? '', headers: request.headers, body })
    answer(next(), heard.at(-1), response)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = addressOf(server.address())
  return {
    url: `http://127.0.0.1:${port}/v1`,
    heard,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(turn: Turn, heard: Heard | undefined, response: ServerResponse): void {
  switch (turn.kind) {
    case 'status':
      response.writeHead(turn.status, { 'content-type': 'application/json', ...turn.headers })
      return void response.end('{"error":{"message":"not now","type":"fault"}}')
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
      response.write('{"id":"cut","content":[{"type":"te')
      return void setTimeout(() => response.destroy(), 20)
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' })
      return void response.end(turn.body)
    case 'silence':
      return
    case 'calls':
    case 'says':
      return inLanguageOf(heard, turn, response)
  }
}

type Said = Extract<Turn, { kind: 'calls' | 'says' }>

function inLanguageOf(heard: Heard | undefined, turn: Said, response: ServerResponse): void {
  const isAnthropic = heard?.url.split('?')[0]?.endsWith('/messages') === true
  const isStream = /"stream":\s*true/.test(heard?.body ?? '')
  const type = isStream ? 'text/event-stream' : 'application/json'
  response.writeHead(200, { 'content-type': type })
  response.end((isAnthropic ? inAnthropic : inOpenai)(turn, isStream))
}

function inAnthropic(turn: Said, isStream: boolean): string {
  const whole = anthropicAnswer(turn)
  return isStream ? anthropicStream(whole) : JSON.stringify(whole)
}

function inOpenai(turn: Said, isStream: boolean): string {
  const whole = openaiAnswer(turn)
  return isStream ? openaiStream(whole) : JSON.stringify(whole)
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}
