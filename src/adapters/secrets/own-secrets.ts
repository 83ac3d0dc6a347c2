import { mask, redact } from './redact.ts'

/** What is ours alone (I15). Whatever leaves this process or is kept by it goes through one of these. */
export interface OwnSecrets {
  /** From now on this is ours alone, too. */
  add(secret: string): void
  /** A text for people, without our secrets and without what looks like anybody's. */
  inText(text: string): string
  /** Data without our secrets; what else it holds stays as it is, so that names, branches and commits go on being right. */
  inData<T>(data: T): T
  /** The same for what a step answers: the files of a patch are the repository's, and whether they may go is judged there. */
  inOutcome<T>(data: T): T
}

/** Tokens live for an hour; of more than this at once the oldest are told by their shape only. */
const mostAdded = 300

/** The secrets of this process: those that it was started with, and those that it is given later. */
export function ownSecrets(lasting: readonly string[] = []): OwnSecrets {
  const given = lasting.flatMap(formsOf)
  const added = new Set<string>()
  let known: RegExp | null = patternOf(given)
  const pattern = (): RegExp | null =>
    (known ??= patternOf([...given, ...[...added].flatMap(formsOf)]))
  const clean = (text: string): string => {
    const found = pattern()
    return found === null ? text : text.replaceAll(found, mask)
  }
  const inJson = <T>(data: T, kept: (holder: unknown, key: string) => boolean): T => {
    const text = JSON.stringify(data)
    // Nearly always there is none, and the data needs no copy.
    if (text === undefined || text.search(pattern() ?? never) === -1) return data
    return JSON.parse(text, function reviver(this: unknown, key: string, value: unknown) {
      return typeof value === 'string' && !kept(this, key) ? clean(value) : value
    })
  }
  return {
    add(secret) {
      if (secret.length < shortest || added.has(secret)) return
      added.add(secret)
      const [oldest] = added
      if (added.size > mostAdded && oldest !== undefined) added.delete(oldest)
      known = null
    },
    inText: (text) => redact(clean(text)),
    inData: (data) => inJson(data, () => false),
    inOutcome: (data) => inJson(data, isFile),
  }
}

/** Nothing is found by it. */
const never = /(?!)/

function isFile(holder: unknown, key: string): boolean {
  return key === 'content' && typeof holder === 'object' && holder !== null && 'path' in holder
}

/** Anything shorter would blacken ordinary words. */
const shortest = 8

/** Lines of a key are as secret as the key, and logs are read line by line. */
const shortestLine = 32

function patternOf(forms: readonly string[]): RegExp | null {
  const all = [...new Set(forms)].toSorted((a, b) => b.length - a.length)
  return all.length === 0 ? null : new RegExp(all.map(literally).join('|'), 'g')
}

function literally(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`)
}

/** A secret as it may appear: as it is, line by line, in a URL, in JSON, in base64 and as git sends a token. */
function formsOf(secret: string): readonly string[] {
  if (secret.length < shortest) return []
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= shortestLine)
  const forms = [secret, ...lines].flatMap((one) => [
    one,
    encodeURIComponent(one),
    JSON.stringify(one).slice(1, -1),
    ...inBase64(one),
  ])
  return [...forms, ...inBase64(`x-access-token:${secret}`)].filter(
    (form) => form.length >= shortest,
  )
}

function inBase64(text: string): readonly string[] {
  const base64 = Buffer.from(text).toString('base64')
  return [base64, base64.replace(/=+$/, '')]
}

/** A password of fewer characters is a word that code may well hold: only the address with it is a secret. */
const shortestPassword = 12

/** What the settings hold that is ours alone. */
export function secretsAmong(of: {
  readonly databaseUrl: string | null
  readonly github: { readonly privateKey: string | null; readonly webhookSecret: string | null }
  readonly coder: { readonly apiKey: string | null } | null
  readonly sentry: { readonly token: string } | null
  readonly deploys: { readonly vercel: { readonly token: string } | null }
  readonly notify: {
    readonly slack: string | null
    readonly slackApi: { readonly token: string } | null
    readonly mail: { readonly smtp: string } | null
    readonly webhook: { readonly url: string; readonly secret: string } | null
  }
}): readonly string[] {
  const { databaseUrl, github, coder, deploys, sentry, notify } = of
  const addresses = [databaseUrl, notify.mail?.smtp ?? null].filter((text) => text !== null)
  const passwords = addresses.flatMap((address) => {
    const { password } = new URL(address)
    return [password, decodeURIComponent(password)]
  })
  const others = [coder?.apiKey ?? null, deploys.vercel?.token ?? null, sentry?.token ?? null]
  const keys = [github.privateKey, github.webhookSecret, ...others]
  const own = [...addresses, ...keys, ...ofChannels(notify)]
  return [...own, ...passwords.filter(isLong)].filter((text) => text !== null)
}

function ofChannels({
  slack,
  slackApi,
  webhook,
}: Parameters<typeof secretsAmong>[0]['notify']): readonly (string | null)[] {
  const ofWebhook = webhook === null ? [] : [webhook.url, webhook.secret]
  return [slack, slackApi === null ? null : slackApi.token, ...ofWebhook]
}

function isLong({ length }: string): boolean {
  return length >= shortestPassword
}
