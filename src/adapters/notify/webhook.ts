import { createHash, createHmac } from 'node:crypto'

import type { Channel } from '#ports/news.ts'

import { post } from './post-json.ts'

/** A webhook of somebody's own, signed as Standard Webhooks 1.0 says; the same news has the same id. */
export function signedWebhook(of: {
  readonly url: string
  readonly secret: string
  readonly now: () => Date
}): Channel {
  return {
    name: 'webhook',
    send({ id: row, news, postedAt }) {
      const id = `msg_${createHash('sha256').update(row).digest('hex').slice(0, 32)}`
      const { type, subject, data } = news
      const timestamp = postedAt.toISOString()
      const body = JSON.stringify({ type, timestamp, data: { subject, ...objectOf(data) } })
      const seconds = String(Math.floor(of.now().getTime() / 1000))
      const signature = createHmac('sha256', keyOf(of.secret))
        .update(`${id}.${seconds}.${body}`)
        .digest('base64')
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${signature}`,
      }
      return post(of.url, { headers, body })
    },
  }
}

/** `whsec_` and base64 as the standard has it; anything else is the key itself. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret)
}

function objectOf(data: unknown): object {
  return typeof data === 'object' && data !== null ? data : { data }
}
