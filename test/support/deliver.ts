import { createHmac, randomUUID } from 'node:crypto'

import type { NewDelivery } from '#ports/inbox.ts'

import { secret } from './service.ts'

/** To a service as GitHub would, but for what is given otherwise; answers with the status, 0 where it hung up. */
export async function deliverRaw(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const usual = { 'x-github-delivery': randomUUID(), 'x-github-event': 'check_run' }
  const answer = await fetch(`${url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: { ...usual, 'x-hub-signature-256': signature, ...headers },
  }).catch(() => null)
  return answer?.status ?? 0
}

export function deliverTo(url: string, { id, name, payload }: NewDelivery): Promise<number> {
  return deliverRaw(url, payload, { 'x-github-delivery': id, 'x-github-event': name })
}

/** As GitHub signed before 2020. */
export function signedOld(body: string): string {
  return `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`
}
