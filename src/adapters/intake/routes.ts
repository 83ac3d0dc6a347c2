import type { IncomingMessage } from 'node:http'

import { accept, type Door } from './accept.ts'
import type { Routes } from './server.ts'

/** Where GitHub delivers, as Probot has it. */
export const webhookPath = '/api/github/webhooks'

/** `whyNotReady` answers null when all is well. */
export function routesOf(door: Door, whyNotReady: () => Promise<string | null>): Routes {
  return new Map([
    [webhookPath, { POST: (request: IncomingMessage) => accept(request, door) }],
    ['/health', { GET: () => Promise.resolve({ status: 200, body: { alive: true } }) }],
    [
      '/ready',
      {
        async GET() {
          const because = await whyNotReady()
          return because === null
            ? { status: 200, body: { ready: true } }
            : { status: 503, body: { ready: false, because } }
        },
      },
    ],
  ])
}
