import { isIPv4 } from 'node:net'

/** The manifest of app.yml, and what only this place knows. */
export interface ManifestOf {
  readonly name: string
  readonly url: string
  readonly public: boolean
  readonly default_events: readonly string[]
  readonly default_permissions: Readonly<Record<string, string>>
}

/** The manifest as GitHub takes it. JSON. */
export function manifestText(
  { name, url, public: isPublic, default_events, default_permissions }: ManifestOf,
  places: { readonly webhook: string; readonly redirect: string },
): string {
  return JSON.stringify({
    name,
    url,
    public: isPublic,
    hook_attributes: { url: places.webhook, active: true },
    redirect_url: places.redirect,
    default_events,
    default_permissions,
  })
}

/** Where a person's browser takes it, for an account of theirs or an organisation. */
export function registrationUrl(of: {
  readonly webUrl: string
  readonly organization: string
  readonly state: string
}): string {
  const owner = of.organization === '' ? '' : `/organizations/${of.organization}`
  return `${of.webUrl}${owner}/settings/apps/new?state=${of.state}`
}

/** The address of our webhooks: with our path where only a host was given. Null for what is no address. */
export function webhookAddress(given: string, webhookPath: string): string | null {
  if (!URL.canParse(given)) return null
  const url = new URL(given)
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '') return null
  return url.pathname === '/' ? new URL(webhookPath, url).href : url.href
}

/** Whether only this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}
