import type { HostedRepository } from '#domain/hosted.ts'

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
