import type { WhoWeAre } from '#adapters/github/client.ts'
import { githubClients, type GitHubClients, identify } from '#adapters/github/clients.ts'
import { gitCredentials, webUrlOf } from '#adapters/github/git-credentials.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'
import type { AppCredentials } from '#config/credentials.ts'

import type { Host } from './app.ts'

/** GitHub as this App sees it. */
export interface GitHubHost extends Host {
  readonly clients: GitHubClients
}

/** Asks GitHub nothing yet: it may be out of reach while we start. */
export function openGitHub(credentials: AppCredentials, secrets: OwnSecrets): GitHubHost {
  const clients = githubClients(credentials, secrets)
  const webUrl = webUrlOf(credentials.apiUrl)
  return {
    clients,
    webUrl,
    hosting: githubHosting(
      clients.clientFor,
      onceKnown(() => identify(clients.app)),
    ),
    credentials: gitCredentials(clients, webUrl),
  }
}

/** Remembers the answer, and no failure. */
function onceKnown(ask: WhoWeAre): WhoWeAre {
  let known: ReturnType<WhoWeAre> | null = null
  return async () => {
    known ??= ask()
    try {
      return await known
    } catch (error) {
      known = null
      throw error
    }
  }
}
