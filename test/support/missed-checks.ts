import type { Octokit } from '@octokit/rest'

import { githubClients } from '#adapters/github/clients.ts'
import { askForMissedChecks } from '#adapters/github/missed-checks.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import type { NewDelivery } from '#ports/inbox.ts'
import { translate } from '#webhooks/translate.ts'

import { clientOf, type Shop } from './github/shop.ts'

/** Another app, whose checks and statuses these are. */
export function robotOf({ github, acme }: Shop): Octokit {
  const permissions = { checks: 'write', statuses: 'write' } as const
  const other = github.app({ slug: 'robot', permissions, events: [] })
  return clientOf(github, other, github.install(other.app, acme))
}

/** Maria's pull request; gives its head. */
export async function openPullFrom({ maria, at, first }: Shop, branch: string): Promise<string> {
  const sha = await maria.checkout.push(branch, { 'a.txt': branch }, first)
  await maria.octokit.rest.pulls.create({ ...at, head: branch, base: 'main', title: branch })
  return sha
}

/** A service's inbox and bookmark, and one round of looking after the other. */
export function sweepingService(
  { keeper, github }: Shop,
  more: { readonly mostRequests?: number } = {},
) {
  const us = { appId: keeper.app.id, login: 'keeper[bot]' }
  const clients = githubClients({ ...us, privateKey: keeper.privateKey, apiUrl: github.api })
  const kept = new Map<string, NewDelivery>()
  let place: string | null = null
  const look = (afterMs = 0): Promise<number | null> =>
    askForMissedChecks({
      clients,
      appId: us.appId,
      inbox: {
        async store(all) {
          const fresh = all.filter(({ id }) => !kept.has(id))
          for (const one of fresh) kept.set(one.id, one)
          return fresh.map(({ id }) => id)
        },
      },
      bookmarks: {
        begin: () => Promise.resolve({ place }),
        end: async (_name, at) => void (place = at),
      },
      clock: { now: () => new Date(Date.now() + afterMs) },
      everyMs: 0,
      ...more,
      over: new AbortController().signal,
    })
  const heard = (): readonly HubEvent[] =>
    [...kept.values()].flatMap(({ id, name, payload }) => {
      const told = translate({ id, name, payload: JSON.parse(payload), us })
      return told.kind === 'events' ? told.events : []
    })
  return { look, heard }
}
