import { z } from 'zod'

import { check, type Check } from '#domain/check.ts'
import { isGreen } from '#domain/evidence.ts'
import { failure, type Failure, type Repair, type SetAside, type Trial } from '#domain/failure.ts'
import type { Finding } from '#domain/finding.ts'
import type { Outcome } from '#domain/outcome.ts'
import { combine, type Patch } from '#domain/patch.ts'
import { place, type Place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { unsolvedDetail } from '#messages/fix-notes.ts'
import { fixOrder } from '#policy/fix-order.ts'
import { type Fixer, rungs, type Tidy } from '#ports/fixer.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { climb, type Climbed } from './climb.ts'
import { record } from './record.ts'
import { workspaceAt, type WorkspacePorts } from './workspace-at.ts'

export type LadderPorts = WorkspacePorts & {
  readonly repositories: Pick<Repositories, 'checkout' | 'read'>
  readonly observer: Observer
  readonly fixers: readonly Fixer[]
  readonly tidy: Tidy
  readonly store: Pick<RunStore, 'saveEvidence' | 'append'>
}

const input = z.strictObject({
  place,
  failures: z.array(failure),
  /** Checks that could not run until the dependencies install. */
  pending: z.array(check),
  configuration: repositoryConfiguration.nullable(),
  rungs: z.array(z.enum(rungs)),
})
type Input = z.infer<typeof input>

interface Work {
  readonly input: Input
  readonly workspace: Workspace
  readonly repairs: Repair[]
  readonly unsolved: SetAside[]
  readonly trials: Trial[]
  patch: Patch
}

/** Climbs the ladder for each red check, one after the other, each on top of what was already repaired. */
export function proposeFix(ports: LadderPorts): StepKind<Input> {
  return {
    name: 'propose-fix',
    input,
    outputs: ['patch', 'repairs', 'unsolved', 'trials', 'solved'],
    sideEffect: 'none',
    run: (input, context) => propose(ports, input, context),
  }
}

async function propose(ports: LadderPorts, input: Input, context: StepContext): Promise<Outcome> {
  const at = { place: input.place, sha: input.place.headSha }
  const { workspace } = await workspaceAt(ports, at, context)
  const work: Work = { input, workspace, repairs: [], unsolved: [], trials: [], patch: [] }
  for (const failure of fixOrder(input.failures)) await repairOne(ports, { work, failure }, context)
  if (work.unsolved.length === 0)
    for (const check of input.pending) await repairPending(ports, { work, check }, context)
  const { repairs, unsolved, trials, patch } = work
  if (repairs.length === 0)
    return { kind: 'failed', reason: 'no-fix-found', detail: unsolvedDetail(unsolved) }
  return { kind: 'done', outputs: { patch, repairs, unsolved, trials, solved: repairs.length } }
}

async function repairOne(
  ports: LadderPorts,
  { work, failure }: { work: Work; failure: Failure },
  context: StepContext,
): Promise<void> {
  const climbed = await climb({
    failure,
    patch: work.patch,
    workspace: work.workspace,
    fixers: ports.fixers.filter(({ rung }) => work.input.rungs.includes(rung)),
    observer: ports.observer,
    tidy: ports.tidy,
    snapshotsAllowed: work.input.configuration?.snapshots ?? false,
    base: baseOf(ports, work.input.place),
    note: (text) => context.note(text),
  })
  work.trials.push(...climbed.trials)
  await recordClimb(ports, context, { failure, climbed })
  if (climbed.repair === null) work.unsolved.push(unsolvedOf(failure, climbed))
  else {
    work.repairs.push(climbed.repair)
    work.patch = combine(work.patch, climbed.repair.patch)
    const key = `repaired/${failure.check.name}`
    await ports.store.saveEvidence(context.runId, key, climbed.repair.after)
  }
}

/** The last commit that is known to have been different: what it declared, a later one may have dropped by mistake. */
function baseOf(
  { repositories }: LadderPorts,
  { mirror, baseSha, parentSha }: Place,
): { read(path: string): Promise<string | null> } | null {
  const sha = baseSha ?? parentSha
  return sha === null ? null : { read: (path) => repositories.read(mirror, sha, path) }
}

async function recordClimb(
  { store }: LadderPorts,
  { runId }: StepContext,
  { failure, climbed }: { failure: Failure; climbed: Climbed },
): Promise<void> {
  const { name } = failure.check
  for (const [index, trial] of climbed.trials.entries())
    await record(store, { runId, key: `${name}/${index}` }, { kind: 'trial', trial })
  if (climbed.repair !== null) return
  const setAside = unsolvedOf(failure, climbed)
  await record(store, { runId, key: name }, { kind: 'set-aside', setAside })
}

async function repairPending(
  ports: LadderPorts,
  { work, check }: { work: Work; check: Check },
  context: StepContext,
): Promise<void> {
  const evidence = await ports.observer.observe(work.workspace, check, work.patch)
  await ports.store.saveEvidence(context.runId, `head/${check.name}`, evidence)
  if (isGreen(evidence)) return
  const failure = { check, evidence, targets: evidence.findings, preExisting: [] }
  await repairOne(ports, { work, failure }, context)
}

function unsolvedOf({ check, evidence }: Failure, { trials, left }: Climbed): SetAside {
  const reason = trials.some(({ verdict }) => verdict === 'kept')
    ? 'fix-incomplete'
    : 'no-fix-found'
  return { check: check.name, reason, detail: leftDetail(left), evidence }
}

function leftDetail(left: readonly Finding[]): string {
  const first = left
    .slice(0, 3)
    .map(({ file, line, message }) => `${file ?? '?'}:${line ?? '?'} ${message}`)
  return [...first, ...(left.length > 3 ? [`and ${left.length - 3} more`] : [])].join('; ')
}
