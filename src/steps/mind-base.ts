import { z } from 'zod'

import { json, type Json, type Outcome } from '#domain/outcome.ts'
import type { RedBase } from '#domain/red-base.ts'
import { runIdAfter } from '#domain/run.ts'
import { factsOf } from '#messages/facts.ts'
import { baseNote } from '#messages/red-base.ts'
import { claimKey } from '#policy/admission.ts'
import { blameOfBase } from '#policy/red-base.ts'
import type { Claims } from '#ports/claims.ts'
import type { Branches, CheckRuns } from '#ports/hosting.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { WaitingPulls } from '#ports/waiting-pulls.ts'

import { factsSoFar, hostedOf } from './hosted-run.ts'

interface Ports {
  readonly branches: Pick<Branches, 'tip'>
  readonly checkRuns: Pick<CheckRuns, 'verdict'>
  readonly claims: Pick<Claims, 'take'>
  readonly proposals: Pick<Proposals, 'forBase'>
  readonly store: Pick<RunStore, 'audit'>
  readonly waitingPulls: Pick<WaitingPulls, 'wait'>
}

const input = z.strictObject({
  /** Another run goes on with the task already: then nothing is handed on. */
  next: json.nullable(),
})
type Input = z.infer<typeof input>

/** Where a pull request is red because its base is, that is repaired once, at the base: the event of the run that does. */
export function mindBase(ports: Ports): StepKind<Input> {
  return {
    name: 'mind-base',
    input,
    outputs: ['base', 'next'],
    sideEffect: 'none',
    run: (input, context) => mind(ports, input, context),
  }
}

const nothing: Outcome = { kind: 'done', outputs: { base: null, next: null } }

async function mind(ports: Ports, { next }: Input, context: StepContext): Promise<Outcome> {
  const { repository, round } = hostedOf(context)
  const branch = context.event.base
  if (next !== null || branch === null || round !== null) return nothing
  const sha = await ports.branches.tip(repository, branch)
  if (sha === null) return nothing
  const tip = await ports.checkRuns.verdict(repository, sha)
  const kind = blameOfBase({ ...(await seenHere(ports, context)), tip })
  if (kind === null) return nothing
  const open = await ports.proposals.forBase(repository.id, branch)
  const base = { branch, sha, kind, runId: null, proposals: open.map(({ number }) => number) }
  if (kind === 'green-again') return told({ ...base, next: null }, context)
  const { pullRequest: pull, headSha } = hostedOf(context)
  const waiting = { repository: repository.id, headSha, base: branch }
  if (pull !== null) await ports.waitingPulls.wait({ ...waiting, pull })
  const failed = tip.kind === 'red' ? tip.failed : []
  return told({ ...base, ...(await handOn(ports, { branch, sha, failed }, context)) }, context)
}

function told({ next, ...base }: RedBase & { readonly next: Json }, context: StepContext): Outcome {
  context.note(baseNote(base))
  return { kind: 'done', outputs: { base: json.parse(base), next } }
}

async function seenHere({ store }: Ports, context: StepContext) {
  const facts = await factsSoFar(store, context.runId)
  const aside = factsOf(facts, 'set-aside').map(({ setAside }) => setAside)
  const red = factsOf(facts, 'check').filter(({ evidence }) => evidence.findings.length > 0)
  return {
    isInherited: aside.some(({ reason }) => reason === 'all-pre-existing'),
    isGreenHere: red.length === 0 && aside.length === 0,
    failed: hostedOf(context).failed,
  }
}

/** Whoever comes first repairs the base, a pull request or the base itself; the others only say so. */
async function handOn(
  { claims }: Ports,
  { branch, sha, failed }: { branch: string; sha: string; failed: readonly string[] },
  context: StepContext,
): Promise<{ runId: string; next: Json }> {
  const { hosted, ...event } = { hosted: hostedOf(context), ...context.event }
  const runId = runIdAfter(context.runId)
  const key = claimKey(hosted.repository.id, { branch, sha, by: 'checks' })
  const claim = await claims.take({ key, runId, taskId: event.taskId })
  if (claim.runId !== runId) return { runId: claim.runId, next: null }
  const at = { branch, headSha: sha, failed: [...failed] }
  const nobody = { pullRequest: null, isFork: false, asked: null, round: null }
  const next = { ...event, ref: sha, base: null, hosted: { ...hosted, ...at, ...nobody } }
  return { runId, next: json.parse(next) }
}
