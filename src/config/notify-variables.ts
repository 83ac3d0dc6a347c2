import { z } from 'zod'

/** Where people hear of deploys besides GitHub; what is null is not told there. All addresses are secrets. */
export interface NotifySettings {
  /** The address of an incoming webhook of Slack. */
  readonly slack: string | null
  readonly slackApi: {
    readonly url: string
    readonly token: string
    readonly channel: string
  } | null
  readonly mail: {
    readonly smtp: string
    readonly from: string
    readonly to: readonly string[]
  } | null
  /** Signed as Standard Webhooks says. */
  readonly webhook: { readonly url: string; readonly secret: string } | null
}

function address(protocol: RegExp, example: string) {
  return z.url({ protocol, error: `Not a URL we can use. Write it like ${example}.` })
}

const mail = /^[^\s@,<>]+@[^\s@,<>]+$/

/** None of their messages repeats a value. */
export const notifyVariables = {
  SLACK_WEBHOOK_URL: address(/^https?$/, 'https://hooks.slack.com/services/…').optional(),
  SLACK_BOT_TOKEN: z.string().min(8, 'Shorter than eight characters, so not a token.').optional(),
  SLACK_CHANNEL: z.string().max(100, 'Longer than 100 characters.').optional(),
  SLACK_API_URL: address(/^https?$/, 'https://slack.com/api')
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://slack.com/api'),
  SMTP_URL: address(/^smtps?$/, 'smtps://user:password@mail.example.com').optional(),
  MAIL_FROM: z.string().regex(mail, 'Not an address. Write it like robot@example.com.').optional(),
  MAIL_TO: z
    .string()
    .transform((value) => value.split(',').map((one) => one.trim()))
    .pipe(
      z.array(
        z.string().regex(mail, 'Not addresses. Write them like ann@example.com, bob@example.com.'),
      ),
    )
    .optional(),
  NOTIFY_WEBHOOK_URL: address(/^https?$/, 'https://example.com/goalkeeper').optional(),
  NOTIFY_WEBHOOK_SECRET: z
    .string()
    .min(24, 'Shorter than 24 characters. Make one with: openssl rand -base64 32')
    .optional(),
}

const variables = z.object(notifyVariables)
type Found = z.infer<typeof variables>

/** What only works together. */
const together: readonly (readonly (keyof Found)[])[] = [
  ['SLACK_BOT_TOKEN', 'SLACK_CHANNEL'],
  ['SMTP_URL', 'MAIL_FROM', 'MAIL_TO'],
  ['NOTIFY_WEBHOOK_URL', 'NOTIFY_WEBHOOK_SECRET'],
]

/** What of the variables does not go together, each with its remedy; empty where all is well. */
export function notifyProblems(found: Found): readonly string[] {
  return together.flatMap((names) => {
    const missing = names.filter((name) => found[name] === undefined)
    if (missing.length === 0 || missing.length === names.length) return []
    return missing.map((name) => `${name}: Not set, and ${names.join(', ')} only work together.`)
  })
}

/** Asked once there is no problem. */
export function notifySettings(found: Found): NotifySettings {
  const { SLACK_BOT_TOKEN: token, SLACK_CHANNEL: channel, SLACK_API_URL: api } = found
  const { SMTP_URL: smtp, MAIL_FROM: from, MAIL_TO: to } = found
  const { NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: secret } = found
  return {
    slack: found.SLACK_WEBHOOK_URL ?? null,
    slackApi: token && channel ? { url: api, token, channel } : null,
    mail: smtp && from && to ? { smtp, from, to } : null,
    webhook: url && secret ? { url, secret } : null,
  }
}
