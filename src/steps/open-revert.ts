import { z } from 'zod'

import { culprit } from '#domain/culprit.ts'
import { proofEntry } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { patch, type Patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import {
  forwardBody,
  forwardMessage,
  forwardTitle,
  provedLine,
  revertBody,
  revertPullTitle,
} from '#messages/culprit-report.ts'
import { pullRequestNote } from '#messages/hosted-notes.ts'
import { branchFor } from '#policy/branch.ts'
import { riskOf } from '#policy/risk.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf } from './hosted-run.ts'
import { openOrForsake } from './leave-branch.ts'
import { type FactStore, record } from './record.ts'

interface Ports {
  readonly pullRequests: Pick<Publishing['pullRequests'], 'open' | 'forsake'>
  readonly repositories: Pick<Publishing['repositories'], 'commit' | 'deliver' | 'read'>
  readonly proposals: Pick<Proposals, 'save'>
  readonly culprits: Pick<Culprits, 'decide'>
  readonly store: FactStore
}

const input = z.strictObject({
  place,
  patch,
  culprits: z.array(culprit).min(1),
  proof: z.array(proofEntry),
  title: z.string(),
  branch: z.string(),
  /** The last commit of the branch; null where nothing was to be committed. */
  head: z.string().nullable(),
  delivered: z.boolean(),
  /** Something about it says that a human has to decide. */
  sensitive: z.boolean(),
})
type Input = z.infer<typeof input>

/** Proposes the revert as a draft, and behind it, on top of it, the change again with room for a fix. Merges neither. */
export function openRevert(ports: Ports): StepKind<Input> {
  return {
    name: 'open-revert',
    input,
    outputs: ['number', 'url', 'headSha', 'forward', 'needsHuman'],
    sideEffect: 'external',
    run: (input, context) => propose(ports, input, context),
  }
}

const nothing = { number: null, url: null, headSha: null, forward: null, needsHuman: false }

async function propose(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { repository, branch: base } = hostedOf(context)
  const { branch, head, title } = input
  if (!input.delivered || head === null) return { kind: 'done', outputs: nothing }
  const needsHuman = input.sensitive || (await isNever(ports, input))
  const opened = await ports.pullRequests.open(repository, {
    head: branch,
    base,
    title: revertPullTitle(title),
    body: revertBody(input.culprits, provedLine(input.proof)),
    labels: needsHuman ? ['auto-revert', 'needs-human-review'] : ['auto-revert'],
  })
  if (opened === null) return { kind: 'done', outputs: nothing }
  const { number, url } = opened
  await decided(ports, input, context)
  const { taskId } = context.event
  const failure = `revert of ${input.culprits.map(({ commit }) => commit.sha).join(' ')}`
  const saved = { repository: repository.id, number, branch, base, headSha: head, failure, taskId }
  await ports.proposals.save({ kind: 'revert', ...saved })
  await record(
    ports.store,
    { runId: context.runId, key: branch },
    { kind: 'pull-request', number, url },
  )
  context.note(pullRequestNote({ number, url }))
  const forward = await goForward(ports, { ...input, head, number }, context)
  return { kind: 'done', outputs: { number, url, headSha: head, forward, needsHuman } }
}

async function decided({ culprits }: Ports, input: Input, context: StepContext): Promise<void> {
  const { id: repository } = hostedOf(context).repository
  for (const sha of new Set(input.culprits.map(({ commit }) => commit.sha)))
    await culprits.decide({ repository, sha, runId: context.runId, kept: null })
}

/** Paths and lines of the never list: a repair of security may be what turned it red (autofix.md 6.20). */
async function isNever(ports: Ports, { place, patch }: Input): Promise<boolean> {
  const before = await asIs(ports, { place, patch })
  const change = patch.map(({ path, content }, at) => ({
    path,
    before: before[at]?.content ?? null,
    after: content,
  }))
  return riskOf(change).level === 'never'
}

/** The same files as they are on the red branch. */
async function asIs(
  { repositories }: Ports,
  { place, patch }: Pick<Input, 'place' | 'patch'>,
): Promise<Patch> {
  const { mirror, headSha } = place
  return await Promise.all(
    patch.map(async ({ path }) => ({
      path,
      content: await repositories.read(mirror, headSha, path),
    })),
  )
}

/** A revert of the revert; null where it could not be pushed, for then somebody has that branch already. */
async function goForward(
  ports: Ports,
  of: Input & { readonly head: string; readonly number: number },
  context: StepContext,
): Promise<number | null> {
  const { repository } = hostedOf(context)
  const { place, head, title, number } = of
  const branch = branchFor(context.event.taskId.slice(-8), `again ${title}`)
  const written = await ports.repositories.commit({
    mirror: place.mirror,
    branch,
    parent: head,
    patch: await asIs(ports, of),
    message: forwardMessage(title, { taskId: context.event.taskId, runId: context.runId }),
    at: context.startedAt,
  })
  if (written.kind === 'refused') return null
  const how = { from: null, stop: context.signal }
  if ((await ports.repositories.deliver(place.mirror, branch, how)) !== 'delivered') return null
  const words = { title: forwardTitle(title), body: forwardBody(number), labels: ['fix-forward'] }
  const wanted = { head: branch, base: of.branch, ...words }
  const headSha = written.sha
  const opened = await openOrForsake(ports.pullRequests, repository, { wanted, headSha })
  if (opened === null) return null
  // So that it goes where the revert before it goes.
  const { taskId } = context.event
  const at = { repository: repository.id, number: opened.number, branch, base: of.branch, taskId }
  const failure = `the change again behind #${number}`
  await ports.proposals.save({ kind: 'forward', ...at, headSha, failure })
  return opened.number
}
