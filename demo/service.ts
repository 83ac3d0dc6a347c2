import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'

import { webhookPath } from '../src/adapters/intake/routes.ts'

export interface ServiceOf {
  /** Its own: nothing of the installation on this machine is read or written. */
  readonly home: string
  readonly appId: number
  readonly privateKey: string
  readonly secret: string
  readonly apiUrl: string
  /** What it may ask besides: `host:port`. */
  readonly watched: string
  /** Every line it writes. */
  readonly heard: (line: string) => void
}

export interface Service {
  /** Where it takes webhooks, once it does. Rejects when it ends before. */
  readonly webhooks: Promise<string>
  /** Until it is ready for work. */
  ready(): Promise<void>
  /** Rejects when it ends by itself. */
  readonly ended: Promise<never>
  /** As an operator would: it leaves in order, or is ended after half a minute. */
  stop(): Promise<void>
}

const door = join(import.meta.dirname, '../scripts/goalkeeper.mjs')
const patienceMs = 30_000

/** `npm start` as a process of its own. */
export function startService(of: ServiceOf): Service {
  const child = execa(process.execPath, [door, 'start'], {
    env: environment(of),
    stdio: ['ignore', 'pipe', 'pipe'],
    reject: false,
    // Ctrl-C goes to everything in the foreground; this one is told to stop once, and by us.
    detached: true,
    buffer: false,
  })
  const said: string[] = []
  const webhooks = Promise.withResolvers<string>()
  const ended = child.then(({ exitCode }): never => {
    throw new Error(`The App ended with exit code ${exitCode ?? '?'}. ${said.slice(-5).join(' ')}`)
  })
  ended.catch(webhooks.reject)
  webhooks.promise.catch(() => undefined)
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line)
      const [url] = new RegExp(`http://\\S+${webhookPath}`).exec(line) ?? []
      if (url !== undefined) webhooks.resolve(url)
      of.heard(line)
    })
  return {
    webhooks: webhooks.promise,
    ready: async () => isReady(await webhooks.promise),
    ended,
    async stop() {
      child.kill('SIGTERM')
      const isOver = await Promise.race([
        child.then(() => true),
        sleep(patienceMs, false, { ref: false }),
      ])
      if (!isOver) child.kill('SIGKILL')
      await child
    },
  }
}

async function isReady(webhooks: string): Promise<void> {
  const url = new URL('/ready', webhooks)
  for (;;) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok === true) return
    await sleep(200)
  }
}

/** Empty is unset: what this person has set for an installation of theirs stays out. */
export function environment({ home, appId, privateKey, secret, apiUrl, watched }: ServiceOf) {
  const direct = [process.env['NO_PROXY'] ?? process.env['no_proxy'], '127.0.0.1'].join(',')
  return {
    GOALKEEPER_HOME: home,
    GOALKEEPER_ENV_FILE: join(home, 'no-env-file'),
    // What npm would leave in the temp folder goes with the home.
    NODE_COMPILE_CACHE: join(home, 'compile-cache'),
    DATABASE_URL: '',
    AGENT_ENABLED: '',
    AGENT_SHADOW: '',
    EXECUTOR_ID: '',
    HOST: '127.0.0.1',
    PORT: '0',
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: secret,
    GITHUB_API_URL: apiUrl,
    WATCH_HOSTS: watched,
    NO_PROXY: direct,
    no_proxy: direct,
  }
}
