import type { Pool } from 'pg'

import type { Door } from '#adapters/intake/accept.ts'
import { gathered } from '#adapters/intake/gather.ts'
import { openProbot, type Receiver } from '#adapters/intake/open-probot.ts'
import { routesOf, webhookPath } from '#adapters/intake/routes.ts'
import { startServer } from '#adapters/intake/server.ts'
import { openInbox } from '#adapters/postgres/open-inbox.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import * as said from '#messages/intake.ts'
import type { Inbox, NewDelivery } from '#ports/inbox.ts'
import { needless } from '#webhooks/translate.ts'

import { type Handling, type HandlingOf, handlingOf } from './app-deliveries.ts'

export interface Intake {
  /** Where webhooks are taken. */
  readonly url: string
  /** Takes no delivery any more, ends what is in hand, keeps the rest. */
  stop(): Promise<void>
}

interface Opening extends Pick<
  HandlingOf,
  'credentials' | 'secrets' | 'clients' | 'handlers' | 'tell'
> {
  readonly databaseUrl: string
  readonly at: { readonly host: string; readonly port: number }
}

const connections = 4
/** A large delivery among them must not keep the others waiting for long. */
const mostInOneCommit = 200

/**
 * The way in: a delivery is verified, stored and answered; later, by this or another process, Probot receives it, it
 * becomes events of ours, and their handlers are called.
 */
export async function openIntake(of: Opening): Promise<Intake> {
  const pool = openPool(of.databaseUrl, connections)
  try {
    const written = await openInbox(pool)
    const receiver = await openProbot(of.credentials)
    const handling = handlingOf({ ...of, ...written, receiver })
    const door = doorOf(handling, written.inbox, receiver)
    const routes = routesOf(door, () => whyNotReady(handling, pool))
    const server = await startServer({ ...of.at, routes })
    handling.start()
    of.tell(said.listening(server.url, webhookPath))
    const stop = async (): Promise<void> => {
      const handled = handling.stop()
      await server.stop()
      await handled
      await pool.end()
    }
    return { url: server.url, stop }
  } catch (error) {
    await pool.end()
    throw error
  }
}

function doorOf(handling: Handling, inbox: Inbox, receiver: Receiver): Door {
  const store = gathered((some: readonly NewDelivery[]) => inbox.store(some), mostInOneCommit)
  return {
    verify: (body, signature) => receiver.verify(body, signature),
    needless: (name, payload) => needless({ name, us: handling.us() }, payload),
    async store(delivery) {
      await store(delivery)
      handling.wake()
    },
  }
}

async function whyNotReady(handling: Handling, pool: Pool): Promise<string | null> {
  if (handling.isStopping()) return said.notReady.stopping
  if (handling.us().login === null) return said.notReady.unidentified
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(reject, 800).unref()
  })
  return Promise.race([pool.query('select 1'), late]).then(
    () => null,
    () => said.notReady.database,
  )
}
