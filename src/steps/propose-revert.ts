import { z } from 'zod'

import { culprit, type Culprit, type KeptCulprit, type Landed } from '#domain/culprit.ts'
import { failure, type Failure, type Repair } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { combine, type Patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { keepingDetail, revertTitle, revertWords } from '#messages/culprit.ts'
import { difference, findingsOf } from '#policy/compare.ts'
import { objectionToRevert } from '#policy/revertible.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { type FactStore, record } from './record.ts'
import { within, workspaceAt, type WorkspacePorts } from './workspace-at.ts'

type Ports = WorkspacePorts & {
  readonly repositories: Pick<Repositories, 'checkout' | 'landed' | 'reversal'>
  readonly observer: Pick<Observer, 'observe'>
  readonly store: FactStore
}

const input = z.strictObject({
  place,
  failures: z.array(failure),
  culprits: z.array(culprit),
  configuration: repositoryConfiguration.nullable(),
  /** Those brought by people who may not write, so that their trailers do not count. */
  deaf: z.array(z.string()).default([]),
  'look-back': z.number().int().min(2).max(5000).default(200),
})
type Input = z.infer<typeof input>

/** Takes back exactly the commits that are proved guilty, the newest first, each measured; what objects is said. */
export function proposeRevert(ports: Ports): StepKind<Input> {
  return {
    name: 'propose-revert',
    input,
    outputs: ['patch', 'repairs', 'reverted', 'kept', 'title', 'severity'],
    sideEffect: 'none',
    run: (input, context) => propose(ports, input, context),
  }
}

interface Work {
  readonly input: Input
  readonly workspace: Workspace
  readonly landed: readonly Landed[]
  readonly repairs: Repair[]
  readonly reverted: Culprit[]
  readonly kept: KeptCulprit[]
  patch: Patch
}

async function propose(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { mirror, headSha } = input.place
  const opened = await workspaceAt(ports, { place: input.place, sha: headSha }, context)
  const workspace = within(opened.workspace, input.configuration)
  const landed = await ports.repositories.landed(mirror, headSha, input['look-back'])
  const work: Work = { input, workspace, landed, repairs: [], reverted: [], kept: [], patch: [] }
  const age = ({ commit }: Culprit): number => landed.findIndex(({ sha }) => sha === commit.sha)
  for (const each of input.culprits.toSorted((a, b) => age(a) - age(b)))
    await takeBack(ports, work, each)
  const { kept, patch, repairs, reverted } = work
  for (const one of kept) {
    const key = { runId: context.runId, key: one.sha }
    await record(ports.store, key, { kind: 'culprit-kept', kept: one })
  }
  if (repairs.length === 0)
    return { kind: 'failed', reason: 'not-revertible', detail: keepingDetail(kept) }
  const back = new Set(reverted.map(({ commit }) => commit.sha))
  const taken = input.culprits.filter(({ commit }) => back.has(commit.sha))
  // A red default branch stops everybody.
  const outputs = {
    patch,
    repairs,
    reverted: taken,
    title: revertTitle(reverted),
    severity: 'high',
  }
  return { kind: 'done', outputs: { ...outputs, kept: keepingDetail(kept) } }
}

async function takeBack(ports: Ports, work: Work, each: Culprit): Promise<void> {
  const { input, landed } = work
  const { sha } = each.commit
  const failure = input.failures.find(({ check }) => check.name === each.check)
  if (failure === undefined) return
  if (work.reverted.some(({ commit }) => commit.sha === sha))
    return alsoGreen(ports, work, { each, failure })
  const later = landed.slice(
    0,
    landed.findIndex((one) => one.sha === sha),
  )
  const objection = objectionToRevert({
    culprit: each.commit,
    later,
    isDeaf: input.deaf.includes(sha),
  })
  if (objection !== null) return void work.kept.push({ sha, because: objection, paths: [] })
  const { mirror, headSha } = input.place
  const at = { of: sha, onto: headSha, patch: work.patch }
  const reverted = await ports.repositories.reversal(mirror, at)
  if (reverted.kind !== 'reverted')
    return void work.kept.push({ sha, because: reverted.kind, paths: [...reverted.paths] })
  const patch = combine(work.patch, reverted.patch)
  const after = await ports.observer.observe(work.workspace, failure.check, patch)
  const left = difference(each.findings, difference(each.findings, findingsOf(each.check, after)))
  if (left.length > 0) return void work.kept.push({ sha, because: 'does-not-help', paths: [] })
  work.patch = patch
  work.reverted.push(each)
  work.repairs.push(repairOf(each, failure, { patch: reverted.patch, after }))
}

/** One commit may have turned several checks red: taken back once, it has to be green by each of them. */
async function alsoGreen(
  { observer }: Ports,
  { workspace, repairs, patch }: Work,
  { each, failure }: { each: Culprit; failure: Failure },
): Promise<void> {
  const after = await observer.observe(workspace, failure.check, patch)
  repairs.push(repairOf(each, failure, { patch: [], after }))
}

function repairOf(
  each: Culprit,
  { check, evidence }: Failure,
  { patch, after }: Pick<Repair, 'patch' | 'after'>,
): Repair {
  const { description, rootCause } = revertWords(each)
  return {
    check: check.name,
    command: check.command,
    strategies: [`revert/${each.commit.sha.slice(0, 12)}`],
    descriptions: [description],
    rootCauses: [rootCause],
    risk: 'review',
    mode: check.mode,
    patch,
    reverts: each.commit.sha,
    before: evidence,
    after,
  }
}
