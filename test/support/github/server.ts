import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'

import { actorOf } from './actor.ts'
import type { Env } from './context.ts'
import { isGitPath, serveGit } from './git-access.ts'
import { answerGraphql } from './graphql.ts'
import type { House } from './house.ts'
import { pageRoutes } from './pages.ts'
import { Refusal } from './refusal.ts'
import { prefix, restApi, type Watch } from './rest.ts'
import { registrationPages } from './routes/registration.ts'

/** A server that listens on loopback before anybody can ask it anything. */
export async function listening(port: number): Promise<{ server: Server; url: string }> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return { server, url: `http://127.0.0.1:${portOf(server.address())}` }
}

/** REST, GraphQL, pages and git on one address, laid out as on GitHub Enterprise. */
export function serve(server: Server, house: House, watch: Watch): void {
  const app = new Hono<Env>()
  app.route(prefix, restApi(house, watch))
  app.post('/api/graphql', async (c) => {
    try {
      const actor = await actorOf(house, c.req.header('authorization'))
      const body: unknown = await c.req.json()
      return c.json(await watch.turn(() => answerGraphql(house, actor, body)))
    } catch (error) {
      if (error instanceof Refusal) return c.json(error.body(), error.status)
      throw error
    }
  })
  app.route('/', pageRoutes(house))
  app.route('/', registrationPages(house))
  const listener = getRequestListener(app.fetch)
  server.on('request', (request, response) => {
    const { pathname } = new URL(request.url ?? '/', house.url)
    if (isGitPath(pathname)) void serveGit(house, { request, response, turn: watch.turn })
    else void listener(request, response)
  })
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
