import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Reports } from '#ports/deployments.ts'
import type { People } from '#ports/hosting.ts'

import { type ClientFor, named } from './client.ts'

type Window = Parameters<Reports['labelled']>[2]

/**
 * Issues that people labelled as reports from production. A label that came with the template of an issue is that of whoever
 * opened it, and counts only where they may put labels themselves.
 */
export function githubReports(clientFor: ClientFor, people: Pick<People, 'roleOf'>): Reports {
  return {
    async labelled(repository, label, window) {
      const client = await clientFor(repository, { issues: 'read' })
      const since = window.from.toISOString()
      const at = {
        ...named(repository),
        labels: label,
        state: 'all',
        since,
        per_page: 100,
      } as const
      const found: number[] = []
      for (const issue of await client.paginate(client.rest.issues.listForRepo, at)) {
        if (issue.pull_request !== undefined) continue
        const by = await labellers(client, repository, { number: issue.number, label, window })
        const roles = await Promise.all(by.map((login) => people.roleOf(repository, login)))
        if (roles.some((role) => mayLabel.has(role))) found.push(issue.number)
      }
      return found
    },
  }
}

const mayLabel: ReadonlySet<string> = new Set(['triage', 'write', 'maintain', 'admin'])

interface Labelled {
  readonly number: number
  readonly label: string
  readonly window: Window
}

/** The people who put it there in that time; programs report nothing. */
async function labellers(
  client: Octokit,
  repository: HostedRepository,
  { number: issue_number, label, window: { from, to } }: Labelled,
): Promise<readonly string[]> {
  const at = { ...named(repository), issue_number, per_page: 100 }
  const events = await client.paginate(client.rest.issues.listEvents, at)
  return events.flatMap((event) => {
    if (event.event !== 'labeled' || !('label' in event)) return []
    const time = new Date(event.created_at)
    const isReport = event.label.name?.toLowerCase() === label.toLowerCase()
    const isThen = time >= from && time < to
    return isReport && isThen && event.actor?.type === 'User' ? [event.actor.login] : []
  })
}
