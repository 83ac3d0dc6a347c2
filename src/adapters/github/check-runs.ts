import type { Octokit } from '@octokit/rest'

import { checkRunName } from '#domain/check-run.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { CheckRuns, CheckRunView } from '#ports/hosting.ts'

import { annotate } from './annotate.ts'
import { type AppIdentity, type ClientFor, named, type WhoWeAre } from './client.ts'
import { saidOf, verdictOf } from './commit-verdict.ts'
import { shownOnce } from './once.ts'

/** Check runs through the Checks API; the runs of this App are known by name and external id. */
export function githubCheckRuns(clientFor: ClientFor, whoWeAre: WhoWeAre): CheckRuns {
  return {
    async show(repository, view) {
      const app = await whoWeAre()
      const client = await clientFor(repository, { checks: 'write' })
      let from = 0
      const id = await shownOnce(
        () => find(client, repository, { view, app }),
        () => create(client, repository, view),
        async (check_run_id) => {
          const place = { ...named(repository), check_run_id }
          const { data } = await client.rest.checks.update({ ...place, ...bodyOf(view) })
          from = data.output.annotations_count
        },
      )
      if ((view.annotations ?? []).length > from)
        await annotate(clientFor, repository, { view, id, from })
    },
    async said(repository, sha) {
      const app = await whoWeAre()
      const client = await clientFor(repository, { checks: 'read' })
      const place = { ...named(repository), ref: sha, check_name: checkRunName, app_id: app.id }
      const { data } = await client.rest.checks.listForRef({ ...place, filter: 'latest' })
      const [newest] = data.check_runs
      if (newest === undefined) return null
      return { isOver: newest.status === 'completed', summary: newest.output.summary ?? '' }
    },
    async verdict(repository, sha) {
      const app = await whoWeAre()
      const client = await clientFor(repository, { checks: 'read', statuses: 'read' })
      return verdictOf(await saidOf(client, repository, { sha, app }))
    },
  }
}

async function find(
  client: Octokit,
  repository: HostedRepository,
  { view, app }: { readonly view: CheckRunView; readonly app: AppIdentity },
): Promise<number | null> {
  const runs = await client.paginate(client.rest.checks.listForRef, {
    ...named(repository),
    ref: view.headSha,
    check_name: checkRunName,
    app_id: app.id,
    filter: 'all',
    per_page: 100,
  })
  return runs.find(({ external_id }) => external_id === view.externalId)?.id ?? null
}

async function create(
  client: Octokit,
  repository: HostedRepository,
  view: CheckRunView,
): Promise<number> {
  const { data } = await client.rest.checks.create({
    ...named(repository),
    name: checkRunName,
    head_sha: view.headSha,
    external_id: view.externalId,
    ...bodyOf(view),
  })
  return data.id
}

function bodyOf({ conclusion, title, summary }: CheckRunView) {
  const output = { title, summary }
  return conclusion === null
    ? { status: 'in_progress' as const, output }
    : { status: 'completed' as const, conclusion, output }
}
