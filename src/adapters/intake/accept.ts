import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

import type { NewDelivery } from '#ports/inbox.ts'

import { readBody } from './body.ts'
import type { Answer } from './server.ts'

export interface Door {
  /** Whether the signature is ours, over the body as it came. */
  readonly verify: (body: string, signature: string) => Promise<boolean>
  /** Why a delivery need not be kept; null for one to keep. Never throws, and asks for the payload only if it must. */
  readonly needless: (name: string, payload: () => unknown) => string | null
  /** Resolves when it is safe from a crash. */
  readonly store: (delivery: NewDelivery) => Promise<void>
}

/** GitHub gives up after ten seconds; we answer long before, also when the database does not. */
const patienceMs = 800

/** A webhook: verified, stored, answered. Handled is it later, by whoever takes it. */
export async function accept(request: IncomingMessage, door: Door): Promise<Answer> {
  const head = headOf(request.headers)
  if (head === null) return bad('This is no delivery of GitHub: a header is missing or malformed.')
  const body = await readBody(request)
  if (body.kind !== 'read') return refusals[body.kind]
  const payload = body.bytes.toString('utf8')
  if (!(await door.verify(payload, head.signature))) return bad('The signature does not fit.')
  return keep({ id: head.id, name: head.name, payload }, door)
}

async function keep(delivery: NewDelivery, door: Door): Promise<Answer> {
  try {
    const needless = door.needless(delivery.name, () => JSON.parse(delivery.payload))
    if (needless !== null) return { status: 202, body: { ignored: needless } }
  } catch {
    return bad('The body is no JSON: set the content type of the webhook.')
  }
  return stored(door.store(delivery))
}

function headOf(headers: IncomingHttpHeaders) {
  const [id, name, signature] = ['delivery', 'event', 'signature'].map((what) => {
    const value = headers[what === 'signature' ? 'x-hub-signature-256' : `x-github-${what}`]
    return typeof value === 'string' ? value : ''
  })
  const isWhole =
    /^[\w-]{1,64}$/.test(id ?? '') &&
    /^[a-z_]{1,64}$/.test(name ?? '') &&
    /^sha256=[\da-f]{64}$/.test(signature ?? '')
  return isWhole ? { id: id ?? '', name: name ?? '', signature: signature ?? '' } : null
}

async function stored(storing: Promise<void>): Promise<Answer> {
  const timeIsUp = new AbortController()
  const late = sleep(patienceMs, 'late' as const, { signal: timeIsUp.signal }).catch(() => 'late')
  try {
    const first = await Promise.race([storing.then(() => 'stored'), late])
    // What is stored after all is one delivery with its redelivery.
    return first === 'stored' ? { status: 202, body: { stored: true } } : unavailable
  } catch {
    return unavailable
  } finally {
    timeIsUp.abort()
    storing.catch(() => undefined)
  }
}

const unavailable: Answer = {
  status: 503,
  body: { error: 'The delivery could not be stored; deliver it again.' },
}

const refusals: Readonly<Record<'too-large' | 'busy' | 'broken-off', Answer>> = {
  'too-large': { status: 413, body: { error: 'Larger than a webhook can be.' }, close: true },
  busy: { status: 503, body: { error: 'Too much at once; deliver it again.' }, close: true },
  'broken-off': { status: 400, body: { error: 'The body broke off.' }, close: true },
}

function bad(error: string): Answer {
  return { status: 400, body: { error }, close: true }
}
