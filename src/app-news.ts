import { setTimeout as sleep } from 'node:timers/promises'

import { mail } from '#adapters/notify/mail.ts'
import { slackApi, slackWebhook } from '#adapters/notify/slack.ts'
import { signedWebhook } from '#adapters/notify/webhook.ts'
import type { NotifySettings } from '#config/notify-variables.ts'
import { notTold, outboxFailed } from '#messages/news.ts'
import { nextTryAfter } from '#policy/retry.ts'
import type { Channel, Newsroom, Outbox, TakenNews } from '#ports/news.ts'
import type { Clock } from '#ports/world.ts'

/** The channels that are set. */
export function channelsOf(of: NotifySettings, clock: Clock): readonly Channel[] {
  return [
    of.slack === null ? null : slackWebhook(of.slack),
    of.slackApi === null ? null : slackApi(of.slackApi),
    of.mail === null ? null : mail(of.mail),
    of.webhook === null ? null : signedWebhook({ ...of.webhook, now: () => clock.now() }),
  ].filter((channel) => channel !== null)
}

/** Keeps what is posted for each channel that is set: a run waits for the database and for nobody else. */
export function newsroomOf(
  outbox: Pick<Outbox, 'post'>,
  channels: readonly Pick<Channel, 'name'>[],
): Newsroom {
  const names = channels.map(({ name }) => name)
  return { post: (news) => outbox.post(news, names) }
}

interface Telling {
  readonly outbox: Outbox
  readonly channels: readonly Channel[]
  /** A line for who runs the service. */
  readonly tell: (line: string) => void
}

const everyMs = 2000
const mostAtOnce = 10
/** Longer than ten of any channel's patience: nobody else takes what is still being sent. */
const leaseMs = 200_000

/** Tells what is due until it is stopped; what is in hand then is told by the next one. */
export function keepTelling(of: Telling): { stop(): Promise<void> } {
  const over = new AbortController()
  const telling = (async () => {
    while (!over.signal.aborted) {
      const told = await tellDue(of).catch((error: unknown) => {
        of.tell(outboxFailed(String(error)))
        return 0
      })
      if (told === mostAtOnce) continue
      await sleep(everyMs, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      over.abort()
      await telling
    },
  }
}

/** Tells once what is due; answers how many were taken. @internal */
export async function tellDue(of: Telling): Promise<number> {
  const due = await of.outbox.take(mostAtOnce, leaseMs)
  for (const taken of due) await tellOne(of, taken)
  return due.length
}

async function tellOne({ outbox, channels, tell }: Telling, taken: TakenNews): Promise<void> {
  const { id, channel: name, attempt } = taken
  const channel = channels.find((one) => one.name === name)
  const end = (await channel?.send(taken)) ?? { kind: 'refused' as const, problem: 'is not set' }
  if (end.kind === 'sent') return await outbox.sent(id)
  const afterMs = end.kind === 'refused' ? null : nextTryAfter(attempt)
  await outbox.failed(id, end.problem, afterMs)
  tell(notTold(name, end.problem, afterMs))
}
