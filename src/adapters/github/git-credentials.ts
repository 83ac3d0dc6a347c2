import type { Octokit } from '@octokit/rest'

import type { GitSettings } from '../git/git.ts'
import type { GitHubClients } from './clients.ts'

/** Opens repositories of the App's installations to git, each call with what it needs and no more. */
export function gitCredentials(
  { app, tokenFor }: Pick<GitHubClients, 'app' | 'tokenFor'>,
  webUrl: string,
): NonNullable<GitSettings['credentials']> {
  const installations = new Map<string, number>()
  return async (address, may) => {
    const place = placeOf(address, webUrl)
    if (place === null) return null
    const key = `${place.owner}/${place.repo}`
    const installation = installations.get(key) ?? (await installationOf(app, place))
    installations.set(key, installation)
    try {
      const token = await tokenFor({ installation, name: place.repo }, { contents: may })
      return { user: 'x-access-token', password: token }
    } catch (error) {
      // An App that was installed anew has another number there.
      installations.delete(key)
      throw error
    }
  }
}

interface Place {
  readonly owner: string
  readonly repo: string
}

function placeOf(address: string, webUrl: string): Place | null {
  if (!address.startsWith(`${webUrl}/`)) return null
  const [, owner, repo] =
    /^([\w.-]+)\/([\w.-]+?)(?:\.git)?$/.exec(address.slice(webUrl.length + 1)) ?? []
  return owner === undefined || repo === undefined ? null : { owner, repo }
}

async function installationOf(app: Octokit, place: Place): Promise<number> {
  const { data } = await app.rest.apps.getRepoInstallation({ ...place })
  return data.id
}

/** Where the repositories of an API are cloned from. */
export function webUrlOf(apiUrl: string): string {
  return apiUrl === 'https://api.github.com'
    ? 'https://github.com'
    : apiUrl.replace(/\/api\/v3$/, '')
}
