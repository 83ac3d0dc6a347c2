import { createHmac } from 'node:crypto'

import { organizationAnswer, userAnswer } from '../answers/accounts.ts'
import { repositoryAnswer } from '../answers/repositories.ts'
import type { House } from '../house.ts'
import type { App } from '../state.ts'
import type { WebhookEvent } from './event.ts'

type Json = Readonly<Record<string, unknown>>

/** The whole body: the event's own part and what GitHub puts around it. */
export function payloadOf(house: House, event: WebhookEvent, installation: Json | null): Json {
  const { repository, sender, action } = event
  const owner = repository?.owner
  return {
    ...(action === null ? {} : { action }),
    ...(repository === null ? {} : { repository: repositoryAnswer(house, repository) }),
    ...(owner?.type === 'Organization' ? { organization: organizationAnswer(house, owner) } : {}),
    ...event.payload,
    sender: userAnswer(house, sender),
    ...(installation === null ? {} : { installation }),
  }
}

interface Sent {
  readonly guid: string
  readonly event: string
  readonly body: string
}

export function headersOf(app: App, { guid, event, body }: Sent): Readonly<Record<string, string>> {
  const { secret } = app.hook
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/0000000',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(app.id),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    ...(secret === null
      ? {}
      : {
          'x-hub-signature': signature('sha1', secret, body),
          'x-hub-signature-256': signature('sha256', secret, body),
        }),
  }
}

function signature(algorithm: 'sha1' | 'sha256', secret: string, body: string): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`
}
