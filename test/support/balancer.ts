import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Balancer {
  readonly port: number
  /** Hands requests to these ports in turn; to the next one where nobody listens. */
  to(ports: readonly number[]): void
  /** How many each port took. */
  readonly taken: ReadonlyMap<number, number>
  close(): Promise<void>
}

/** One address before several processes. */
export async function openBalancer(): Promise<Balancer> {
  let ports: readonly number[] = []
  let turn = 0
  const taken = new Map<number, number>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      turn += 1
      const order = ports.map((_port, index) => ports[(index + turn) % ports.length] ?? 0)
      const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' && name.startsWith('x-') ? [[name, value] as const] : [],
      )
      const asked = { path: request.url ?? '/', headers, body: Buffer.concat(chunks) }
      const answer = async (): Promise<void> => {
        const one = await handOn(order, asked)
        if (one !== null) taken.set(one.port, (taken.get(one.port) ?? 0) + 1)
        response.writeHead(one?.status ?? 502).end()
      }
      void answer()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = addressOf(server.address())
  return {
    port,
    to(next) {
      ports = next
    },
    taken,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

interface Request {
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
}

async function handOn(ports: readonly number[], { path, headers, body }: Request) {
  for (const port of ports) {
    const init = { method: 'POST', headers: Object.fromEntries(headers), body }
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, init).catch(() => null)
    if (answer !== null) return { port, status: answer.status }
  }
  return null
}

export function addressOf(address: AddressInfo | string | null): { readonly port: number } {
  if (address === null || typeof address === 'string') throw new Error('nobody listens')
  return address
}
