import type { Octokit } from '@octokit/rest'
import { z } from 'zod'

import type { Carried, Carrier, Carrying, DeployOrder } from '#ports/deployments.ts'
import type { Clock } from '#ports/world.ts'

import { type ClientFor, named, statusOf, type WhoWeAre } from './client.ts'
import { type DispatchedRun, dispatchedRun, runNamed } from './dispatched-runs.ts'

/** A run that was asked for is listed within seconds; what is not there by then was never begun. */
const graceMs = 60_000

interface Parts {
  readonly clientFor: ClientFor
  readonly whoWeAre: WhoWeAre
  readonly clock: Clock
}

type Told = Awaited<ReturnType<Carrier['carry']>>

/** A workflow of the default branch deploys: it is started by hand with the commit, and its run followed. */
export function workflowCarrier({ clientFor, whoWeAre, clock }: Parts): Carrier {
  return {
    async carry(order, record) {
      const { means } = order
      if (means === null || means === 'command' || !('workflow' in means))
        throw new Error('No workflow is named.')
      const { workflow } = means
      const client = await clientFor(order.repository, { actions: 'write' })
      const at = { ...named(order.repository), workflow }
      const asked = { login: (await whoWeAre()).login, key: order.key, since: record.begunAt }
      const known = await knownRun(client, at, { ...asked, ...record })
      if (known === 'unclear') return { kind: 'pending', trace: null }
      if (known !== 'none') return toldOf(known)
      const { askedAt } = record
      const isEarly = askedAt !== null && clock.now().getTime() - askedAt.getTime() < graceMs
      if (isEarly) return { kind: 'pending', trace: null }
      await record.about()
      return await dispatch(client, at, order)
    },
  }
}

interface At {
  readonly owner: string
  readonly repo: string
  readonly workflow: string
}

interface Asked extends Pick<Carrying, 'askedAt' | 'trace'> {
  readonly login: string
  readonly key: string
  readonly since: Date
}

/** By the address that was noted; else by the name that it gave itself, wherever it may have begun. */
async function knownRun(
  client: Octokit,
  at: At,
  { askedAt, trace, ...asked }: Asked,
): Promise<DispatchedRun | 'none' | 'unclear'> {
  if (trace !== null) return await dispatchedRun(client, at, trace)
  return askedAt === null ? 'none' : await runNamed(client, at, asked)
}

function toldOf({ status, conclusion, endedAt, trace }: DispatchedRun): Told {
  if (status !== 'completed') return { kind: 'pending', trace }
  if (conclusion === 'success') return { kind: 'live', at: endedAt, trace }
  return {
    kind: 'failed',
    detail: `The workflow run ended: ${conclusion ?? 'nobody knows how'}`,
    trace,
  }
}

const begun = z.object({ workflow_run_id: z.number(), html_url: z.string() })

/** GitHub's own no is final: then nothing began. Where its answer got lost, the next look finds the run by its name. */
async function dispatch(
  client: Octokit,
  { owner, repo, workflow }: At,
  { environment, sha, key }: DeployOrder,
): Promise<Told> {
  const { data: found } = await client.rest.repos.get({ owner, repo })
  const inputs = { environment, sha, deployment: key }
  const asked = { owner, repo, workflow_id: workflow, ref: found.default_branch, inputs }
  try {
    const { data } = await startedBy(client, asked)
    return { kind: 'pending', trace: begun.safeParse(data).data?.html_url ?? null }
  } catch (error) {
    return { ...refused(error), trace: null }
  }
}

interface Asking {
  readonly owner: string
  readonly repo: string
  readonly workflow_id: string
  readonly ref: string
  readonly inputs: Record<string, string>
}

/** A GitHub Enterprise Server may not know that it is asked which run it is: then nothing began, and the run is found by its name. */
async function startedBy({ rest: { actions } }: Octokit, asked: Asking) {
  try {
    return await actions.createWorkflowDispatch({ ...asked, return_run_details: true })
  } catch (error) {
    if (statusOf(error) !== 422 || !/return_run_details/.test(String(error))) throw error
    return await actions.createWorkflowDispatch({ ...asked })
  }
}

function refused(error: unknown): Carried {
  const status = statusOf(error)
  if (!(error instanceof Error) || (status !== 404 && status !== 422)) throw error
  return { kind: 'failed', detail: `GitHub did not start the workflow: ${error.message}` }
}
