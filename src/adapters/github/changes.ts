import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Change, Changes, People } from '#ports/hosting.ts'

import { type ClientFor, named } from './client.ts'

/** The pull request behind a commit is asked for by the commit: a squash, a merge and a rebase are found alike. */
export function githubChanges(clientFor: ClientFor, { roleOf }: Pick<People, 'roleOf'>): Changes {
  return {
    async behind(repository, sha) {
      const client = await clientFor(repository, {
        contents: 'read',
        pull_requests: 'read',
        issues: 'read',
      })
      const { data } = await client.rest.repos.getCommit({ ...named(repository), ref: sha })
      const login = data.author?.login
      const role = async (of: string): Promise<string> => await roleOf(repository, of)
      const author = login === undefined ? null : { login, role: await role(login) }
      return { author, pull: await pullBehind({ client, role }, repository, sha) }
    },
  }
}

interface Asking {
  readonly client: Octokit
  readonly role: (login: string) => Promise<string>
}

async function pullBehind(
  { client, role }: Asking,
  repository: HostedRepository,
  sha: string,
): Promise<Change['pull']> {
  const at = { ...named(repository), commit_sha: sha }
  const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit(at)
  const pull = data.find(({ merged_at }) => typeof merged_at === 'string')
  if (pull === undefined) return null
  const { number } = pull
  const worn = new Set(pull.labels.map(({ name }) => name))
  const events = await client.paginate(client.rest.issues.listEvents, {
    ...named(repository),
    issue_number: number,
    per_page: 100,
  })
  // The last who put a label on it counts.
  const by = new Map<string, string>()
  for (const event of events)
    if (event.event === 'labeled' && 'label' in event && event.label.name !== null && event.actor)
      by.set(event.label.name, event.actor.login)
  const labels = [...by].filter(([name]) => worn.has(name))
  return {
    number,
    labels: await Promise.all(
      labels.map(async ([name, login]) => ({ name, role: await role(login) })),
    ),
  }
}
