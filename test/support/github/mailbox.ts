import { createServer } from 'node:http'

import { z } from 'zod'

/** What arrived at a webhook address. */
interface Letter {
  readonly event: string
  readonly guid: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The very bytes. */
  readonly body: string
  readonly action: string | null
}

/** A webhook address on loopback that keeps what arrives. */
export interface Mailbox {
  readonly url: string
  readonly letters: readonly Letter[]
  /** Letters of these kinds: `push`, `issues.opened`. */
  named(...names: readonly string[]): readonly Letter[]
  /** How it answers from now on; 202 before anybody says so. */
  answerWith(status: number, body?: string): void
  close(): Promise<void>
}

const actionShape = z.object({ action: z.string().nullable().catch(null) })

export async function openMailbox(): Promise<Mailbox> {
  const letters: Letter[] = []
  let answer = { status: 202, body: 'taken' }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const { headers } = request
      const { action } = actionShape.parse(JSON.parse(body))
      const event = String(headers['x-github-event'])
      letters.push({ event, guid: String(headers['x-github-delivery']), headers, body, action })
      response.writeHead(answer.status).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    letters,
    named: (...names) =>
      letters.filter(({ event, action }) =>
        names.includes(action === null ? event : `${event}.${action}`),
      ),
    answerWith: (status, body = 'taken') => {
      answer = { status, body }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
