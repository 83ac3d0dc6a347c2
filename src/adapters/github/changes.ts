import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Change, Changes, Person } from '#ports/changes.ts'
import type { People } from '#ports/hosting.ts'

import { type ClientFor, named, statusOf } from './client.ts'

/** The pull request behind a commit is asked for by the commit: a squash, a merge and a rebase are found alike. */
export function githubChanges(clientFor: ClientFor, { roleOf }: Pick<People, 'roleOf'>): Changes {
  return {
    async broughtBy(repository, sha) {
      const client = await clientFor(repository, { pull_requests: 'read' })
      try {
        return (await mergedWith(client, repository, sha))?.number ?? null
      } catch (error) {
        // Anybody may write the name of a commit that there is not.
        if (statusOf(error) === 422 || statusOf(error) === 404) return null
        throw error
      }
    },
    async behind(repository, sha) {
      const client = await clientFor(repository, {
        contents: 'read',
        pull_requests: 'read',
        issues: 'read',
      })
      const { data } = await client.rest.repos.getCommit({ ...named(repository), ref: sha })
      const who = async (login: string | undefined): Promise<Person | null> =>
        login === undefined ? null : { login, role: await roleOf(repository, login) }
      return {
        author: await who(data.author?.login),
        pull: await pullBehind({ client, who }, repository, sha),
      }
    },
  }
}

interface Asking {
  readonly client: Octokit
  readonly who: (login: string | undefined) => Promise<Person | null>
}

async function pullBehind(
  { client, who }: Asking,
  repository: HostedRepository,
  sha: string,
): Promise<Change['pull']> {
  const pull = await mergedWith(client, repository, sha)
  if (pull === null) return null
  const { number } = pull
  const by = await labelledBy(client, repository, number)
  const label = async (name: string) => ({
    name,
    role: (await who(by.get(name)))?.role ?? 'none',
  })
  return {
    number,
    author: await who(pull.user?.login),
    labels: await Promise.all(pull.labels.map(({ name }) => label(name))),
  }
}

async function mergedWith(client: Octokit, repository: HostedRepository, sha: string) {
  const at = { ...named(repository), commit_sha: sha }
  const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit(at)
  return data.find(({ merged_at }) => typeof merged_at === 'string') ?? null
}

/** Logins by label: the last who put it there counts. What a ghost put there is nobody's word. */
async function labelledBy(
  client: Octokit,
  repository: HostedRepository,
  issue_number: number,
): Promise<ReadonlyMap<string, string>> {
  const at = { ...named(repository), issue_number, per_page: 100 }
  const by = new Map<string, string>()
  for (const event of await client.paginate(client.rest.issues.listEvents, at)) {
    if (event.event !== 'labeled' || !('label' in event) || event.label.name === null) continue
    by.delete(event.label.name)
    if (event.actor) by.set(event.label.name, event.actor.login)
  }
  return by
}
