import { createHash } from 'node:crypto'

import type { Channel, Delivered } from '#ports/news.ts'

const patienceMs = 15_000

/** E-mail by SMTP. The same news has the same Message-ID: sent twice, it is shown once by most programs. */
export function mail(of: {
  readonly smtp: string
  readonly from: string
  readonly to: readonly string[]
}): Channel {
  const { from } = of
  let open: ReturnType<typeof transportTo> | null = null
  return {
    name: 'mail',
    async send({ id, news, postedAt }) {
      try {
        open ??= transportTo(of.smtp)
        const transport = await open
        await transport.sendMail({
          from,
          to: [...of.to],
          subject: news.subject,
          text: news.full,
          date: postedAt,
          messageId: `<${createHash('sha256').update(id).digest('hex')}@goalkeeper.invalid>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { kind: 'sent' }
      } catch (error) {
        return judged(error)
      }
    },
  }
}

/** The library is loaded with the first letter: most start without one. */
async function transportTo(url: string) {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    url,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  })
}

/** What a server refuses with 5xx it refuses for good (RFC 5321 4.2.1). */
function judged(error: unknown): Delivered {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
  const problem = code > 0 ? `answered ${code}` : 'no answer'
  return { kind: code >= 500 ? 'refused' : 'unreachable', problem }
}
