import { webUrlOf } from '#adapters/github/git-credentials.ts'
import { webhookPath } from '#adapters/intake/routes.ts'
import { convert } from '#adapters/registration/convert.ts'
import { addToEnvFile, heldBy, isWritable } from '#adapters/registration/env-file.ts'
import {
  isLoopback,
  manifestText,
  registrationUrl,
  webhookAddress,
} from '#adapters/registration/manifest.ts'
import { openWizard, type Reply, type WizardPages } from '#adapters/registration/wizard.ts'
import { type AppManifest, readAppManifest } from '#config/app-manifest.ts'
import { withoutCredentials } from '#config/credentials.ts'
import { InvalidEnvironmentError, type Settings } from '#config/environment.ts'
import * as said from '#messages/registration.ts'

export interface Registering {
  readonly settings: Settings
  /** Where the credentials go. */
  readonly envFile: string
  readonly tell: (line: string) => void
  /** Resolves when nobody wants it any more. */
  readonly wished: Promise<void>
}

/** Nothing at all is set about an App. */
export function isUnregistered({ github }: Settings): boolean {
  return github.appId === null && github.privateKey === null && github.webhookSecret === null
}

/**
 * Leads a browser on this machine through registering an App, and keeps what GitHub hands out. Answers whether there
 * is an App now; throws InvalidEnvironmentError where it may not be done here.
 */
export async function register(of: Registering): Promise<boolean> {
  const { settings, envFile } = of
  if (!isLoopback(settings.host)) throw withoutCredentials(settings, said.notOnLoopback)
  const names = ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET']
  const held = await heldBy(envFile, names)
  if (held !== null) throw new InvalidEnvironmentError([said.alreadySet(held, envFile)])
  if (!(await isWritable(envFile))) throw new InvalidEnvironmentError([said.notWritable(envFile)])
  const webUrl = webUrlOf(settings.github.apiUrl)
  const { host, port } = settings
  const wizard = await openWizard({ host, port, webUrl, pages: pagesOf(of, webUrl) })
  of.tell(said.openIt(wizard.url))
  try {
    return await Promise.race([wizard.over.then(() => true), of.wished.then(() => false)])
  } finally {
    await wizard.close()
  }
}

function pagesOf(of: Registering, webUrl: string): WizardPages {
  const manifest = readAppManifest()
  return {
    start: (query, at) => start(query, { ...at, webUrl, manifest }),
    registered: (code) => registered(of, code),
    refused: (because) => ({
      status: because === 'nothing' ? 404 : 403,
      body: said.failed(said.refusals[because]),
    }),
  }
}

interface Start {
  readonly state: string
  readonly url: string
  readonly webUrl: string
  readonly manifest: AppManifest
}

function start(query: URLSearchParams, { state, url, webUrl, manifest }: Start): Reply {
  const given = query.get('webhook') ?? ownAddress(manifest)
  if (given === null) return { status: 200, body: said.askAddress(state, null) }
  const webhook = webhookAddress(given, webhookPath)
  const organization = query.get('organization') ?? ''
  const problem =
    webhook === null ? 'no-url' : /^[a-z\d-]*$/i.test(organization) ? null : 'organization'
  if (webhook === null || problem !== null)
    return { status: 400, body: said.askAddress(state, said.addressProblems[problem ?? 'no-url']) }
  const { default_permissions: permissions, default_events: events } = manifest
  const action = registrationUrl({ webUrl, organization, state })
  const text = manifestText(manifest, { webhook, redirect: `${url}/registered` })
  const body = said.offer({ action, manifest: text, webhook, permissions, events })
  return { status: 200, body }
}

/** What whoever runs this has entered in app.yml; what comes with it is only an example. */
function ownAddress({ hook_attributes: hook }: AppManifest): string | null {
  return new URL(hook.url).hostname.endsWith('example.com') ? null : hook.url
}

async function registered({ settings, envFile, tell }: Registering, code: string): Promise<Reply> {
  try {
    const app = await convert(settings.github.apiUrl, code)
    await addToEnvFile(envFile, {
      APP_ID: String(app.id),
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: app.webhookSecret,
    })
    tell(said.kept(envFile, app.page))
    return { status: 200, body: said.done({ page: app.page, file: envFile }), isLast: true }
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    return { status: 502, body: said.failed(because) }
  }
}
