import type { Octokit } from '@octokit/rest'

import type { GitSettings } from '../git/git.ts'
import type { Rights } from './client.ts'

interface Parts {
  /** The App itself: it knows where it is installed. */
  readonly app: Octokit
  /** A token for one repository, named as its owner knows it. */
  readonly tokenFor: (
    repository: { readonly installation: number; readonly name: string },
    rights: Rights,
  ) => Promise<string>
  /** Where repositories are cloned from, e.g. https://github.com */
  readonly webUrl: string
}

/** Opens repositories of the App's installations to git, each call with what it needs and no more. */
export function gitCredentials(parts: Parts): NonNullable<GitSettings['credentials']> {
  const installations = new Map<string, number>()
  return async (address, may) => {
    const place = placeOf(address, parts.webUrl)
    if (place === null) return null
    const key = `${place.owner}/${place.repo}`
    const installation = installations.get(key) ?? (await installationOf(parts.app, place))
    installations.set(key, installation)
    const token = await parts.tokenFor({ installation, name: place.repo }, { contents: may })
    return { user: 'x-access-token', password: token }
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
