import { githubClients, identify } from '#adapters/github/clients.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import { ownSecrets } from '#adapters/secrets/own-secrets.ts'

import { openShop, type Shop } from './github/shop.ts'

/** A shop with our hosting on it, which waits so long for an answer. */
export async function openHosting(patienceMs?: number) {
  const shop = await openShop()
  const { keeper, github, repository, installation } = shop
  const credentials = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api }
  const clients = githubClients(credentials, ownSecrets(), patienceMs)
  const { id, name } = repository
  return {
    shop,
    hosting: githubHosting(clients.clientFor, () => identify(clients.app)),
    kiosk: { installation: installation.id, id, owner: 'acme', name },
  }
}

/** GitHub does what it is asked, once, and says that it failed. */
export function loseAnswerTo({ github }: Shop, route: string): void {
  const fault = { kind: 'server-error', status: 502, effect: 'done' } as const
  github.faults.add({ route, fault, times: 1 })
}
