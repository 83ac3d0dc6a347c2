import { z } from 'zod'

import type { News } from '#domain/news.ts'
import type { Channel, Delivered } from '#ports/news.ts'

import { post } from './post-json.ts'

/** An incoming webhook: its address is the key to one channel. */
export function slackWebhook(url: string): Channel {
  return {
    name: 'slack',
    send: ({ news }) =>
      post(url, { headers: {}, body: JSON.stringify({ text: textOf(news), mrkdwn: false }) }),
  }
}

/** The Web API, as a bot that was invited to the channel. */
export function slackApi(of: {
  readonly url: string
  readonly token: string
  readonly channel: string
}): Channel {
  return {
    name: 'slack-api',
    send({ news }) {
      const message = {
        channel: of.channel,
        text: textOf(news),
        mrkdwn: false,
        unfurl_links: false,
      }
      const headers = { authorization: `Bearer ${of.token}` }
      return post(`${of.url}/chat.postMessage`, { headers, body: JSON.stringify(message) }, judged)
    },
  }
}

const answer = z.object({ ok: z.boolean(), error: z.string().optional() })

/** Slack says what went wrong with status 200. Only what its documents call temporary is tried again. */
function judged(text: string): Delivered {
  const read = answer.safeParse(parsed(text))
  if (!read.success) return { kind: 'unreachable', problem: 'answered something else' }
  const { ok, error = 'nothing' } = read.data
  if (ok) return { kind: 'sent' }
  const problem = `said ${error}`
  return temporary.has(error) ? { kind: 'unreachable', problem } : { kind: 'refused', problem }
}

const temporary = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
])

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Slack reads these three marks as its own also in plain text: a mention is `<!channel>`. */
function textOf({ brief }: Pick<News, 'brief'>): string {
  return brief.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
