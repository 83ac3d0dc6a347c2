import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { NoticeView, Notices } from '#ports/notices.ts'

import { type ClientFor, named, statusOf, type WhoWeAre } from './client.ts'
import { createdOnce } from './once.ts'

/** One issue of ours per marker, brought up to date in place. What a person closed as not planned stays as they left it. */
export function githubNotices(clientFor: ClientFor, whoWeAre: WhoWeAre): Notices {
  return {
    async show(repository, { state, newsAt, ...view }) {
      const client = await clientFor(repository, { issues: 'write' })
      const { login } = await whoWeAre()
      try {
        const issue = await oneFor({ client, repository, login }, view)
        if (isSettled(issue, newsAt)) return issue.number
        const { title, body } = view
        const at = { ...named(repository), issue_number: issue.number }
        const closing = state === 'closed' ? ({ state_reason: 'completed' } as const) : {}
        await client.rest.issues.update({ ...at, title, body, state, ...closing })
        return issue.number
      } catch (error) {
        // Where a repository has no issues GitHub says that they are gone.
        if (statusOf(error) === 410) return null
        throw error
      }
    },
  }
}

interface Asking {
  readonly client: Octokit
  readonly repository: HostedRepository
  readonly login: string
}

interface Found {
  readonly number: number
  readonly state: string
  readonly state_reason?: string | null
  readonly closed_at: string | null
}

/** Closed as not planned it is nobody's any more; closed as done, until it is seen again. */
function isSettled({ state, state_reason, closed_at }: Found, newsAt: Date): boolean {
  if (state !== 'closed') return false
  return state_reason === 'not_planned' || (closed_at !== null && new Date(closed_at) >= newsAt)
}

async function oneFor(asking: Asking, view: Omit<NoticeView, 'state' | 'newsAt'>): Promise<Found> {
  const { client, repository } = asking
  const { issue, title, body, labels } = view
  if (issue !== null) {
    const at = { ...named(repository), issue_number: issue }
    return (await client.rest.issues.get(at)).data
  }
  return await createdOnce(
    () => find(asking, view),
    async () => {
      const wanted = { ...named(repository), title, body, labels: [...labels] }
      return (await client.rest.issues.create(wanted)).data
    },
  )
}

/** A marker that somebody else wrote is not ours, and is left alone. */
async function find(
  { client, repository, login }: Asking,
  { marker, labels }: Omit<NoticeView, 'state' | 'newsAt'>,
): Promise<Found | null> {
  const all = await client.paginate(client.rest.issues.listForRepo, {
    ...named(repository),
    state: 'all',
    labels: labels.join(','),
    per_page: 100,
  })
  const own = all.filter(({ user, pull_request }) => user?.login === login && !pull_request)
  return own.find(({ body }) => body?.startsWith(marker) === true) ?? null
}
