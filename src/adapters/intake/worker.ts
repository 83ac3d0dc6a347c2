import { setTimeout as sleep } from 'node:timers/promises'

import type { TakenDelivery } from '#ports/inbox.ts'

import { type Bell, bell } from './bell.ts'
import { settlementOf, type Work } from './settlement.ts'

/** How long a delivery of a dead process lies still: it is taken over well within a minute. */
const usualLeaseMs = 30_000
/** How often the inbox is looked into when nobody says that something came. */
const usualPollMs = 1000
const mostAtOnce = 16

export interface Worker {
  /** Something came: look now. */
  wake(): void
  /** Takes nothing more and waits for what is in hand, at most so long; what is not ended then is given back. */
  stop(patienceMs: number): Promise<void>
}

/** Takes deliveries out of the inbox and has them handled, several at once; many processes may do so on one inbox. */
export function startWorker(work: Work): Worker {
  const { inbox, holder, leaseMs = usualLeaseMs } = work
  const inHand = new Map<string, Promise<void>>()
  const over = new AbortController()
  const something = bell()
  const renewal = setInterval(() => {
    if (inHand.size > 0) void inbox.renew(holder, leaseMs).catch(nothing)
  }, leaseMs / 3)
  const working = keepTaking(work, { inHand, something, over: over.signal })
  return {
    wake: () => something.ring(),
    async stop(patienceMs) {
      over.abort()
      something.ring()
      await working
      const patience = sleep(patienceMs, undefined, { ref: false })
      await Promise.race([Promise.all(inHand.values()), patience])
      clearInterval(renewal)
      await inbox.release(holder).catch(nothing)
    },
  }
}

interface Hands {
  readonly inHand: Map<string, Promise<void>>
  readonly something: Bell
  readonly over: AbortSignal
}

async function keepTaking(work: Work, { inHand, something, over }: Hands): Promise<void> {
  const { inbox, holder, leaseMs = usualLeaseMs, pollMs = usualPollMs } = work
  while (!over.aborted) {
    const limit = mostAtOnce - inHand.size
    const taken = limit > 0 ? await inbox.take(holder, { limit, leaseMs }).catch(nothing) : []
    for (const delivery of taken) {
      const ended = (): void => {
        inHand.delete(delivery.id)
        something.ring()
      }
      inHand.set(delivery.id, toItsEnd(delivery, work).then(ended, ended))
    }
    if (taken.length === 0) await something.rung(pollMs)
  }
}

async function toItsEnd(delivery: TakenDelivery, work: Work): Promise<void> {
  const settlement = await settlementOf(delivery, work)
  // A database that is away for a moment must not make a handled delivery be handled again.
  for (const pauseMs of [100, 1000, 5000, 0]) {
    try {
      await work.inbox.settle(work.holder, delivery.id, settlement)
      return
    } catch {
      await sleep(pauseMs, undefined, { ref: false })
    }
  }
}

function nothing(): readonly TakenDelivery[] {
  return []
}
