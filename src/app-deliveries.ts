import { setTimeout as sleep } from 'node:timers/promises'

import { type GitHubClients, identify } from '#adapters/github/clients.ts'
import { askForMissedChecks } from '#adapters/github/missed-checks.ts'
import { askForMissed } from '#adapters/github/missed-deliveries.ts'
import type { Receiver } from '#adapters/intake/open-probot.ts'
import { startWorker, type Worker } from '#adapters/intake/worker.ts'
import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'
import { randomIds, systemClock } from '#adapters/system/world.ts'
import type { AppCredentials } from '#config/credentials.ts'
import * as said from '#messages/intake.ts'
import type { Bookmarks } from '#ports/bookmarks.ts'
import type { Inbox, TakenDelivery } from '#ports/inbox.ts'
import type { Us } from '#webhooks/delivery.ts'
import { hangOn } from '#webhooks/hang-on.ts'

import { handled, type HubHandlers } from './app-handlers.ts'

export interface HandlingOf {
  readonly credentials: AppCredentials
  readonly secrets: OwnSecrets
  readonly clients: Pick<GitHubClients, 'app' | 'clientFor' | 'listing'>
  /** Deliveries are taken in and kept until they are there. */
  readonly handlers: () => Promise<HubHandlers>
  /** A line for who runs the service. */
  readonly tell: (line: string) => void
  readonly inbox: Inbox
  readonly bookmarks: Bookmarks
  readonly receiver: Receiver
}

export interface Handling {
  start(): void
  /** Ourselves; the login is null until GitHub has told us. */
  us(): Us
  isStopping(): boolean
  /** Something came. */
  wake(): void
  stop(): Promise<void>
}

const minute = 60_000
const stopPatienceMs = 20_000

/**
 * Works on the inbox from the moment on when GitHub has said who we are, for whose act an event is must be known, and
 * when the handlers are there.
 */
export function handlingOf(of: HandlingOf): Handling {
  const over = new AbortController()
  let us: Us = { appId: of.credentials.appId, login: null }
  let worker: Worker | null = null
  let upkeep = Promise.resolve()
  const begin = async (): Promise<void> => {
    const identity = await identified(of, over.signal)
    if (identity === null) return
    us = identity
    // When the rest of the service cannot be opened, who opens it says so and stops us.
    const handlers = await of.handlers().catch(() => null)
    if (handlers === null || over.signal.aborted) return
    worker = startWorker(workOf(of, identity, handlers))
    await keepUp(of, { over: over.signal, wake: () => worker?.wake() })
  }
  return {
    start: () => void (upkeep = begin()),
    us: () => us,
    isStopping: () => over.signal.aborted,
    wake: () => worker?.wake(),
    async stop() {
      over.abort()
      await upkeep
      await worker?.stop(stopPatienceMs)
    },
  }
}

/** Asks until GitHub answers; null when we are to stop before. */
async function identified(of: HandlingOf, over: AbortSignal): Promise<Us | null> {
  while (!over.aborted) {
    try {
      const { id, login } = await identify(of.clients.app)
      return { appId: id, login }
    } catch (error) {
      of.tell(said.notIdentified(explain(of, error)))
      await pause(5000, over)
    }
  }
  return null
}

function workOf(of: HandlingOf, us: Us, handlers: HubHandlers) {
  const notes = new Map<string, string>()
  hangOn(of.receiver.probot, us, async (id, heard) => {
    if (heard.kind === 'ignored') {
      notes.set(id, said.ignoredNote(heard))
      return
    }
    const each: string[] = []
    for (const event of heard.events) each.push(await handled(event, handlers))
    notes.set(id, said.handledNote(each))
  })
  return {
    inbox: of.inbox,
    holder: randomIds.uuid(),
    explain: (error: unknown) => explain(of, error),
    async handle({ id, name, payload }: TakenDelivery) {
      try {
        await of.receiver.receive({ id, name, payload: JSON.parse(payload) })
        return notes.get(id) ?? ''
      } finally {
        notes.delete(id)
      }
    },
  }
}

/** Deliveries end at latest three days after GitHub first sent them; longer than that they need not be known by. */
const retention = {
  donePayloadMs: 3 * 24 * 60 * minute,
  failedPayloadMs: 30 * 24 * 60 * minute,
  recordMs: 30 * 24 * 60 * minute,
}

interface Upkeep {
  readonly over: AbortSignal
  /** Something was put into the inbox. */
  readonly wake: () => void
}

/** What is to be done now and then, by one of the processes; what fails keeps nothing else from being done. */
async function keepUp(of: HandlingOf, { over, wake }: Upkeep): Promise<void> {
  const { inbox, bookmarks, clients } = of
  const { app } = clients
  const { appId } = of.credentials
  const chores = [
    async () => {
      const asked = await askForMissed({ ...of, app, everyMs: 5 * minute, over })
      if (asked !== null && asked > 0) of.tell(said.sweptUp(asked))
    },
    async () => {
      const often = { everyMs: 5 * minute, over }
      const found = await askForMissedChecks({ ...of, appId, clock: systemClock, ...often })
      if (found !== null && found > 0) of.tell(said.sweptUpChecks(found))
      wake()
    },
    async () => {
      if (await bookmarks.begin('tidy the inbox', 60 * minute)) await inbox.tidy(retention)
    },
  ]
  while (!over.aborted) {
    for (const chore of chores)
      await chore().catch((error: unknown) => of.tell(said.sweepFailed(explain(of, error))))
    await pause(minute, over)
  }
}

async function pause(ms: number, over: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: over }).catch(() => undefined)
}

/** An error in words, without our secrets: all of them where several handlers failed. */
function explain({ secrets }: Pick<HandlingOf, 'secrets'>, error: unknown): string {
  const all = error instanceof AggregateError ? error.errors : [error]
  const words = all.map((one: unknown) => (one instanceof Error ? one.message : String(one)))
  return secrets.inText(words.join(' ')).slice(0, 2000)
}
