import { createHmac, randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'

const door = join(import.meta.dirname, '../../scripts/goalkeeper.mjs')

export const secret = 'a secret that only these stories know'

export interface ServiceAt {
  readonly home: string
  readonly port: number
  readonly appId: number
  readonly privateKey: string
  readonly apiUrl: string
  /** Left out: an embedded database in `home`. */
  readonly databaseUrl?: string
  readonly env?: Readonly<Record<string, string>>
}

/** `npm start` as a process of its own, with an embedded database in `home`. */
export function startService({
  home,
  port,
  appId,
  privateKey,
  apiUrl,
  databaseUrl = '',
  env,
}: ServiceAt) {
  const child = execa(process.execPath, ['--max-semi-space-size=8', door, 'start'], {
    reject: false,
    env: {
      GOALKEEPER_HOME: home,
      PORT: String(port),
      APP_ID: String(appId),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: secret,
      GITHUB_API_URL: apiUrl,
      ...(databaseUrl !== '' && { DATABASE_URL: databaseUrl }),
      ...env,
    },
  })
  const url = `http://127.0.0.1:${port}`
  return {
    process: child,
    url,
    /** Until it is open for webhooks, or ready for all. */
    until: (what: 'health' | 'ready') => until(() => isFine(`${url}/${what}`)),
    /** As GitHub would; answers with the status. */
    async deliver(name: string, payload: object, id: string = randomUUID()): Promise<number> {
      const body = JSON.stringify(payload)
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      const answer = await fetch(`${url}/api/github/webhooks`, {
        method: 'POST',
        body,
        headers: {
          'x-github-delivery': id,
          'x-github-event': name,
          'x-hub-signature-256': `sha256=${signature}`,
        },
      })
      return answer.status
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => {
    server.close(resolve)
  })
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

/** Waits up to two minutes; a busy machine opens a service in twenty seconds. */
export async function until(isSo: () => Promise<boolean>, everyMs = 200): Promise<void> {
  for (let waitedMs = 0; waitedMs < 120_000; waitedMs += everyMs) {
    if (await isSo()) return
    await sleep(everyMs)
  }
  throw new Error('it did not come to that')
}

async function isFine(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => null)
  return answer?.ok ?? false
}
