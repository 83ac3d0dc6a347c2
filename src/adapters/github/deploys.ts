import type { Octokit } from '@octokit/rest'

import { gateCheckName, policyPath } from '#domain/gate.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Deploys, GateCheckView } from '#ports/deploys.ts'

import { type AppIdentity, type ClientFor, named, statusOf, type WhoWeAre } from './client.ts'
import { lookAtChange } from './deployable-change.ts'
import { createdOnce } from './once.ts'

/** What GitHub knows of a change that may be deployed, and our check on it. */
export function githubDeploys(clientFor: ClientFor, whoWeAre: WhoWeAre): Deploys {
  return {
    async look(repository, number) {
      const rights = { pull_requests: 'read', contents: 'read', checks: 'read' } as const
      const client = await clientFor(repository, rights)
      return await lookAtChange({ client, repository, app: await whoWeAre() }, number)
    },
    async configuration(repository, ref) {
      const client = await clientFor(repository, { contents: 'read' })
      const path = policyPath
      try {
        const { data } = await client.rest.repos.getContent({ ...named(repository), path, ref })
        if (Array.isArray(data) || data.type !== 'file') return null
        return Buffer.from(data.content, 'base64').toString('utf8')
      } catch (error) {
        if (statusOf(error) === 404) return null
        throw error
      }
    },
    async show(repository, view) {
      const client = await clientFor(repository, { checks: 'write' })
      const at = { client, repository, app: await whoWeAre() }
      const id = await createdOnce(
        () => find(at, view),
        () => create(at, view),
      )
      const { conclusion, title, summary } = view
      await client.rest.checks.update({
        ...named(repository),
        check_run_id: id,
        status: 'completed',
        conclusion,
        output: { title, summary },
        actions: view.buttons.map(button),
      })
    },
  }
}

/** GitHub takes 20 characters of a label and an identifier, and 40 of a description. */
function button(environment: string) {
  return {
    label: `Approve ${environment}`,
    description: 'The commit of this check may be deployed',
    identifier: `approve:${environment}`,
  }
}

interface At {
  readonly client: Octokit
  readonly repository: HostedRepository
  readonly app: AppIdentity
}

async function find({ client, repository, app }: At, view: GateCheckView): Promise<number | null> {
  const runs = await client.paginate(client.rest.checks.listForRef, {
    ...named(repository),
    ref: view.sha,
    check_name: gateCheckName,
    app_id: app.id,
    filter: 'all',
    per_page: 100,
  })
  return runs.find(({ external_id }) => external_id === keyOf(view))?.id ?? null
}

async function create({ client, repository }: At, view: GateCheckView): Promise<number> {
  const { data } = await client.rest.checks.create({
    ...named(repository),
    name: gateCheckName,
    head_sha: view.sha,
    external_id: keyOf(view),
    status: 'queued',
    output: { title: view.title, summary: view.summary },
  })
  return data.id
}

function keyOf({ pull }: GateCheckView): string {
  return `pull ${pull}`
}
