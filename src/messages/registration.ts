import { escaped, page } from './html.ts'

/** What the page that registers an App says, and the log beside it. */
export function openIt(url: string): string {
  return `No GitHub App is configured. Open ${url} in a browser on this machine to register one; Ctrl-C stops.`
}

export function kept(file: string, page: string): string {
  return `Registered ${page}; its number, key and secret are in ${file}, which only its owner may read.`
}

export const notOnLoopback =
  'No App is configured. Registering one needs a browser on this machine: unset HOST or set it to 127.0.0.1, or set all three.'

export function notWritable(file: string): string {
  return `${file} cannot be written: its directory belongs to somebody else. Nothing was registered.`
}

export function alreadySet(name: string, file: string): string {
  return `${name} is set in ${file} already, and is not overwritten.`
}

export const refusals = {
  host: 'This page is only for a browser on this machine.',
  state: 'This answer does not belong to this page: begin again.',
  nothing: 'There is nothing here.',
} as const

export function failed(because: string): string {
  return page('It did not work', `<p>${escaped(because)}</p><p><a href="/">Begin again</a></p>`)
}

/** Where webhooks shall come is asked first: GitHub has to know it before there is an App. */
export function askAddress(state: string, problem: string | null): string {
  return page(
    'Register Goalkeeper on GitHub',
    `<p>GitHub will tell Goalkeeper what happens. At which address does it reach <code>npm start</code>?</p>
    ${problem === null ? '' : `<p><strong>${escaped(problem)}</strong></p>`}
    <form method="get" action="/">
      <input type="hidden" name="state" value="${escaped(state)}">
      <p><label>Address <input name="webhook" type="url" required size="50" placeholder="https://goalkeeper.your-company.dev"></label></p>
      <p><label>Organisation, if it shall belong to one <input name="organization" pattern="[A-Za-z0-9-]*"></label></p>
      <p><button>Next</button></p>
    </form>`,
  )
}

export const addressProblems = {
  'no-url': 'That is no address. Write it like https://goalkeeper.your-company.dev',
  organization: 'An organisation is named by letters, digits and hyphens.',
} as const

export interface Offer {
  /** Where GitHub takes manifests. */
  readonly action: string
  /** JSON. */
  readonly manifest: string
  readonly webhook: string
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

/** The one button. */
export function offer({ action, manifest, webhook, permissions, events }: Offer): string {
  const rights = Object.entries(permissions).map(([name, level]) => `${name}: ${level}`)
  return page(
    'Register Goalkeeper on GitHub',
    `<p>Webhooks go to <code>${escaped(webhook)}</code>.</p>
    <p>It may: ${escaped(rights.join(', '))}. It hears of: ${escaped(events.join(', '))}.</p>
    <form method="post" action="${escaped(action)}">
      <input type="hidden" name="manifest" value="${escaped(manifest)}">
      <p><button>Register on GitHub</button></p>
    </form>`,
  )
}

export function done(of: { readonly page: string; readonly file: string }): string {
  return page(
    'Goalkeeper is registered',
    `<p>Its number, key and secret are in <code>${escaped(of.file)}</code>, which only its owner may read.</p>
    <p>It runs now. What is left: <a href="${escaped(of.page)}/installations/new">install it</a> where it shall work.</p>`,
  )
}
