import { createAppAuth, type InstallationAuthOptions } from '@octokit/auth-app'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'

import { type OwnSecrets, ownSecrets } from '../secrets/own-secrets.ts'
import type { AppIdentity, ClientFor, Rights } from './client.ts'
import { pace } from './pace.ts'
import { remembering } from './remembered.ts'

export interface Credentials {
  readonly appId: number
  /** PEM. */
  readonly privateKey: string
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly apiUrl: string
}

/** Who speaks to GitHub: the App itself, and the App in one repository with what the moment needs. */
export interface GitHubClients {
  /** As the App: its own name, its webhook's deliveries. Sees no repository. */
  readonly app: Octokit
  readonly clientFor: ClientFor
  /** Sees which repositories an installation has, and nothing in them. */
  readonly listing: (installation: number) => Octokit
  /** A token for git over HTTP; it lives for an hour at most. */
  readonly tokenFor: (repository: NamedRepository, rights: Rights) => Promise<string>
}

/** What an address tells of a repository: no id. */
type NamedRepository = Pick<HostedRepository, 'installation' | 'name'>

const PacedOctokit = Octokit.plugin(throttling, retry)

/**
 * Clients of one GitHub: one limiter per installation, whoever asks, and the App itself beside them. Each token is one of
 * our secrets from its first moment on, and no request says one. An attempt that takes longer than `patienceMs` failed.
 */
export function githubClients(
  { appId, privateKey, apiUrl }: Credentials,
  secrets: OwnSecrets = ownSecrets(),
  patienceMs = usualPatienceMs,
): GitHubClients {
  const paced = pacedTo(apiUrl, remembering(fetchInTime(secrets, patienceMs)))
  const app = paced('app', { authStrategy: createAppAuth, auth: { appId, privateKey } })
  const ask = createAppAuth({ appId, privateKey, request: app.request, log: silent })
  const asked = async (of: Narrowed): Promise<string> => {
    const { token } = await ask({ type: 'installation', ...of })
    secrets.add(token)
    return token
  }
  // What a client asks for goes into the token itself: the strategy's own hook forgets repository and rights.
  const token: Token = async ({ installation, id }, permissions, refresh) => {
    return asked({ installationId: installation, repositoryIds: [id], permissions, refresh })
  }
  return {
    app,
    listing(installationId) {
      const client = paced(String(installationId), {})
      const permissions = { metadata: 'read' } as const
      signs(client, (refresh) => asked({ installationId, permissions, refresh }))
      return client
    },
    tokenFor({ installation, name }, permissions) {
      return asked({ installationId: installation, repositoryNames: [name], permissions })
    },
    async clientFor(repository, rights) {
      const client = paced(String(repository.installation), {})
      signs(client, (refresh) => token(repository, rights, refresh))
      return client
    },
  }
}

type Narrowed = Omit<InstallationAuthOptions, 'type'>
type Token = (repository: HostedRepository, rights: Rights, refresh: boolean) => Promise<string>

/** Asks GitHub who the App is; what it writes bears the login `slug[bot]`. */
export async function identify(app: Octokit): Promise<AppIdentity> {
  const { data } = await app.rest.apps.getAuthenticated()
  if (data === null) throw new Error('GitHub does not say who this App is.')
  return { id: data.id, login: `${data.slug}[bot]` }
}

interface Signing {
  readonly authStrategy?: typeof createAppAuth
  readonly auth?: { readonly appId: number; readonly privateKey: string }
}

function pacedTo(baseUrl: string, fetch: ReturnType<typeof fetchInTime>) {
  return (limiter: string, signing: Signing): Octokit => {
    const client = new PacedOctokit({
      ...signing,
      baseUrl,
      log: silent,
      // Limiters are known by name in all of the process.
      throttle: {
        ...pace,
        id: `${baseUrl} ${limiter}`,
        onRateLimit: again,
        onSecondaryRateLimit: again,
      },
      retry: { retries: 2, doNotRetry },
      request: { fetch },
    })
    // Sent again without looking, a write could have two effects; who writes looks first and then decides.
    client.hook.before('request', (options) => {
      if (!isRead(options.method)) options.request = { ...options.request, retries: 0 }
    })
    return client
  }
}

/** GitHub's word is final; that of a limit (429) is for the throttling to heed, which knows how long. */
const doNotRetry = [400, 401, 403, 404, 409, 410, 413, 422, 429, 451]

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** The longest we wait for a limit inside one call; a durable step that fails is tried again later. */
const longestWaitSeconds = 120

/** Only refusals come here, given before any effect: so a write may be sent again, too. */
function again(seconds: number, ...[, , tries]: readonly [unknown, unknown, number]): boolean {
  return seconds <= longestWaitSeconds && tries < 2
}

/** Every request carries a token; one that is refused is replaced once, for nothing was done with it. */
function signs(client: Octokit, token: (refresh: boolean) => Promise<string>): void {
  client.hook.wrap('request', async (request, options) => {
    options.headers.authorization = `token ${await token(false)}`
    try {
      return await request(options)
    } catch (error) {
      if (!isUnauthorized(error)) throw error
      options.headers.authorization = `token ${await token(true)}`
      return request(options)
    }
  })
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401
}

/**
 * How long one attempt may take. GitHub ends what takes it longer than ten seconds ("Best practices for using the REST API"), so
 * what we gave up on is done by then or never is, and whoever looks sees it.
 */
const usualPatienceMs = 30_000

/** Every single attempt has its own time, and a body without our secrets. */
function fetchInTime(secrets: OwnSecrets, patienceMs: number) {
  return (url: string | URL, { body, ...init }: RequestInit): Promise<Response> => {
    const signals = [AbortSignal.timeout(patienceMs), init.signal].filter((one) => one != null)
    const sent = typeof body === 'string' ? { body: withoutSecrets(body, secrets) } : {}
    return fetch(url, { ...init, ...sent, signal: AbortSignal.any(signals) })
  }
}

function withoutSecrets(body: string, secrets: OwnSecrets): string {
  return JSON.stringify(secrets.inData(JSON.parse(body)))
}

/** Errors are thrown with all they know; what the clients say besides may name tokens. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {
  // Silence.
}
