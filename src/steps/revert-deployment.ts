import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { commitMessage } from '#messages/commit.ts'
import { revertBody, revertTitleOf, revertWords } from '#messages/deploy.ts'
import { branchFor } from '#policy/branch.ts'
import { objectionToRevert } from '#policy/revertible.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { Mirror, Repositories } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { deployOf } from './deploy-run.ts'

interface Ports {
  readonly repositories: Pick<Repositories, 'mirror' | 'resolve' | 'landed' | 'reversal'> &
    Pick<Publishing['repositories'], 'commit' | 'deliver'>
  readonly pullRequests: Pick<Publishing['pullRequests'], 'open'>
}

const input = z.strictObject({
  'look-back': z.number().int().min(2).max(5000).default(500),
})
type Input = z.infer<typeof input>

/** Proposes to take the bad commit back, so that git tells what runs (K29). */
export function revertDeployment(ports: Ports): StepKind<Input> {
  return {
    name: 'revert-deployment',
    input,
    outputs: ['words', 'number', 'head'],
    sideEffect: 'external',
    run: (input, context) => revert(ports, input, context),
  }
}

async function revert(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { repositories } = ports
  const { sha } = deployOf(context)
  const mirror = await repositories.mirror(context.event.repository, context.signal)
  const base = mirror.defaultBranch
  const tip = base === null ? null : await repositories.resolve(mirror, base)
  if (base === null || tip === null)
    return { kind: 'failed', reason: 'no-commit', detail: base ?? 'the default branch' }
  const landed = await repositories.landed(mirror, tip, input['look-back'])
  const place = landed.findIndex((one) => one.sha === sha)
  const culprit = landed[place]
  if (culprit === undefined || objectionToRevert({ culprit, later: landed.slice(0, place) }))
    return done(revertWords.objection)
  const found = await repositories.reversal(mirror, { of: sha, onto: tip, patch: [] })
  if (found.kind !== 'reverted') return done(revertWords.conflicts(found.paths))
  return await propose(ports, { mirror, base, tip, patch: found.patch }, context)
}

async function propose(
  { repositories, pullRequests }: Ports,
  of: {
    readonly mirror: Mirror
    readonly base: string
    readonly tip: string
    readonly patch: Parameters<Repositories['commit']>[0]['patch']
  },
  context: StepContext,
): Promise<Outcome> {
  const { mirror, base, tip, patch } = of
  const request = deployOf(context)
  const title = revertTitleOf(request)
  const branch = branchFor(`revert-${request.sha.slice(0, 12)}`, context.event.taskId.slice(0, 8))
  const message = messageOf(patch, context)
  const written = await repositories.commit({
    mirror,
    branch,
    parent: tip,
    patch,
    message,
    at: context.startedAt,
  })
  if (written.kind === 'refused')
    return { kind: 'failed', reason: written.because, detail: written.detail }
  if (
    (await repositories.deliver(mirror, branch, { from: null, stop: context.signal })) === 'moved'
  )
    return { kind: 'failed', reason: 'head-moved', detail: branch }
  const body = revertBody({ ...request, taskId: context.event.taskId })
  const wanted = { head: branch, base, title, body, labels: ['revert'] }
  const opened = await pullRequests.open(request.repository, wanted)
  if (opened === null) return done('')
  const { number, url } = opened
  return done(revertWords.proposed(url), { number, head: written.sha })
}

function messageOf(patch: readonly { readonly path: string }[], context: StepContext): string {
  const request = deployOf(context)
  return commitMessage({
    title: revertTitleOf(request),
    issue: `#${request.pull} was found bad in ${request.environment}`,
    rootCause: 'the commit below',
    fix: 'take it back',
    impact: patch.map(({ path }) => path),
    testing: [],
    taskId: context.event.taskId,
    runId: context.runId,
    severity: 'high',
    reverts: request.sha,
  })
}

const nothing = { number: null, head: null }

function done(
  words: string,
  opened: { readonly number: number; readonly head: string } | typeof nothing = nothing,
): Outcome {
  return { kind: 'done', outputs: { words, ...opened } }
}
