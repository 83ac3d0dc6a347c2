import type { HostedRepository } from '#domain/hosted.ts'

import { statusOf } from './client.ts'
import type { GitHubClients } from './clients.ts'

export interface InstalledRepository extends HostedRepository {
  readonly defaultBranch: string
}

/** The last repository that was looked at. */
export interface Position {
  readonly installation: number
  readonly repository: number
}

/** The repositories of all installations in the order of their numbers, from behind a position on. */
export async function* installedAfter(
  { app, listing }: Pick<GitHubClients, 'app' | 'listing'>,
  after: Position,
): AsyncGenerator<InstalledRepository> {
  const all = await app.paginate(app.rest.apps.listInstallations, { per_page: 100 })
  const awake = all.filter((one) => one.suspended_at === null && one.id >= after.installation)
  for (const { id: installation } of awake.toSorted((a, b) => a.id - b.id)) {
    const client = listing(installation)
    const asked = { per_page: 100 }
    const found = await client.paginate(client.rest.apps.listReposAccessibleToInstallation, asked)
    const from = installation === after.installation ? after.repository : 0
    for (const one of found.toSorted((a, b) => a.id - b.id)) {
      const { id, name, owner, default_branch: defaultBranch, archived } = one
      if (id > from && !archived)
        yield { installation, id, owner: owner.login, name, defaultBranch }
    }
  }
}

/** Finds a repository by its name; null where the App is not installed there. */
export function installedAt({ app, listing }: Pick<GitHubClients, 'app' | 'listing'>) {
  return async ({
    owner,
    name,
  }: Pick<HostedRepository, 'owner' | 'name'>): Promise<HostedRepository | null> => {
    const place = { owner, repo: name }
    try {
      const { id: installation } = (await app.rest.apps.getRepoInstallation(place)).data
      const { data } = await listing(installation).rest.repos.get(place)
      return { installation, id: data.id, owner: data.owner.login, name: data.name }
    } catch (error) {
      if (statusOf(error) === 404) return null
      throw error
    }
  }
}
