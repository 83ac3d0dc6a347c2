import { z } from 'zod'

import { check, type Check } from '#domain/check.ts'
import { evidence, isGreen, type Evidence } from '#domain/evidence.ts'
import { failure, type Failure, type Repair, type SetAside, type Trial } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { combine, type Patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import type { Recipe } from '#domain/recipe.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { flakyNote } from '#messages/fix-notes.ts'
import { findingsOf } from '#policy/compare.ts'
import { fixOrder } from '#policy/fix-order.ts'
import type { Checks } from '#ports/checks.ts'
import { type Fixer, rungs, type Tidy } from '#ports/fixer.ts'
import type { Lessons } from '#ports/lessons.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import type { CoderPorts } from './ask-coder.ts'
import { type DayPorts, overMeanwhile } from './await-day.ts'
import { beforeAt } from './before-at.ts'
import { climb } from './climb.ts'
import { coderRung } from './coder-rung.ts'
import { endOfClimbs } from './end-of-climbs.ts'
import { type Ahead, proveAhead } from './prove-ahead.ts'
import { type RecipePorts, recipesOf } from './recipes-of.ts'
import { recordCheck } from './record.ts'
import { knownFor, type Remembered } from './remember.ts'
import { rerunOn } from './rerun-failure.ts'
import { sparingUnused } from './spare-unused.ts'
import type { Climbed } from './standing.ts'
import { whyUnsolved } from './why-unsolved.ts'
import { within, workspaceAt, type WorkspacePorts } from './workspace-at.ts'

export type LadderPorts = WorkspacePorts &
  DayPorts &
  Omit<CoderPorts, 'store'> &
  Pick<RecipePorts, 'recipeReader' | 'recipeRunner'> & {
    readonly repositories: Pick<Repositories, 'changed' | 'checkout' | 'read' | 'resolve' | 'list'>
    readonly observer: Observer
    readonly fixers: readonly Fixer[]
    readonly tidy: Tidy
    readonly checks: Pick<Checks, 'relatedTo'>
    readonly lessons: Lessons
    readonly store: Pick<RunStore, 'saveEvidence' | 'append'>
  }

const input = z.strictObject({
  place,
  failures: z.array(failure),
  /** Green checks; those of the pending ones that are green are added for the proof. */
  greens: z.array(z.strictObject({ check, evidence })),
  /** Checks that could not run until the dependencies install. */
  pending: z.array(check),
  /** What nobody asked about and the fix has to leave green: begun as soon as the last repair is about to be measured. */
  beside: z.array(check).default([]),
  configuration: repositoryConfiguration.nullable(),
  rungs: z.array(z.enum(rungs)),
  /** A test that is red once and green another time is flaky, and nobody's to fix. */
  'flaky-reruns': z.number().int().min(0).max(10).default(4),
})
type Input = z.infer<typeof input>

interface Work {
  readonly input: Input
  readonly workspace: Workspace
  readonly recipes: readonly Recipe[]
  readonly ahead: Ahead
  readonly repairs: Repair[]
  readonly unsolved: SetAside[]
  readonly trials: Trial[]
  readonly climbs: (Remembered & { readonly climbed: Pick<Climbed, 'left'> })[]
  readonly failures: Failure[]
  readonly greens: { check: Check; evidence: Evidence }[]
  patch: Patch
}

/** Climbs the ladder for each red check, one after the other, each on top of what was already repaired. */
export function proposeFix(ports: LadderPorts): StepKind<Input> {
  return {
    name: 'propose-fix',
    input,
    outputs: ['patch', 'repairs', 'unsolved', 'trials', 'solved', 'failures', 'greens'],
    sideEffect: 'none',
    run: (input, context) => propose(ports, input, context),
  }
}

async function propose(ports: LadderPorts, input: Input, context: StepContext): Promise<Outcome> {
  const over = await overMeanwhile(ports, context)
  if (over !== null) return over
  const at = { place: input.place, sha: input.place.headSha }
  const opened = await workspaceAt(ports, at, context)
  const workspace = within(opened.workspace, input.configuration)
  const { failures, greens } = input
  const work: Work = {
    input,
    workspace,
    recipes: input.rungs.includes('recipe')
      ? await recipesOf(ports, { ...input, workspace }, context)
      : [],
    ahead: aheadOf(ports, input, context),
    ...nothingYet(),
    failures: [...failures],
    greens: [...greens],
  }
  const order = fixOrder(failures)
  for (const failure of order)
    await repairOne(ports, { work, failure, last: failure === order.at(-1) }, context)
  if (work.unsolved.length === 0)
    for (const check of input.pending) await repairPending(ports, { work, check }, context)
  for (const fixer of ports.fixers) fixer.forget?.(workspace)
  const { workspace: _workspace, recipes: _recipes, ahead, ...climbed } = work
  if (work.unsolved.length > 0) ahead.drop()
  return await endOfClimbs(ports, climbed, context)
}

function aheadOf(ports: LadderPorts, input: Input, context: StepContext): Ahead {
  const at = { place: input.place, sha: input.place.headSha }
  return proveAhead(ports, {
    beside: input.beside,
    async open(ending) {
      const signal = AbortSignal.any([context.signal, ending])
      const { workspace } = await workspaceAt(ports, at, { runId: context.runId, signal })
      return within(workspace, input.configuration)
    },
  })
}

function nothingYet(): Pick<Work, 'repairs' | 'unsolved' | 'trials' | 'climbs' | 'patch'> {
  return { repairs: [], unsolved: [], trials: [], climbs: [], patch: [] }
}

async function repairOne(
  ports: LadderPorts,
  { work, failure, last }: { work: Work; failure: Failure; last: boolean },
  context: StepContext,
): Promise<void> {
  const final = last && work.unsolved.length === 0 && work.input.pending.length === 0
  const climbed = await climb({
    failure,
    patch: work.patch,
    workspace: work.workspace,
    fixers: fixersFor(ports, work),
    observer: ports.observer,
    tidy: ports.tidy,
    snapshotsAllowed: allowsSnapshots(work.input),
    recipes: work.recipes,
    base: beforeAt(ports.repositories, work.input.place),
    ahead: (patch) => (final ? work.ahead.begin(patch) : undefined),
    note: (text) => context.note(text),
    known: await knownFor(ports, context, failure.targets),
    coder: coderRung(ports, { ...work, check: failure.check }, context),
  })
  work.trials.push(...climbed.trials)
  const unsolved = await whyUnsolved({
    failure,
    climbed,
    first: work.patch.length === 0 ? failure.evidence : climbed.start,
    rerun: rerunOn(ports, { ...work, check: failure.check }, context),
    reruns: work.input['flaky-reruns'],
    snapshotsAllowed: allowsSnapshots(work.input),
  })
  if (unsolved?.reason === 'flaky') context.note(flakyNote(failure.check.name))
  work.climbs.push({ check: failure.check, climbed, unsolved })
  if (unsolved !== null) return void work.unsolved.push(unsolved)
  if (climbed.repair === null) return
  work.repairs.push(climbed.repair)
  work.patch = combine(work.patch, climbed.repair.patch)
  const key = `repaired/${failure.check.name}`
  await ports.store.saveEvidence(context.runId, key, climbed.repair.after)
}

function fixersFor({ fixers }: Pick<LadderPorts, 'fixers'>, { input, climbs }: Work) {
  return fixers
    .filter(({ rung }) => input.rungs.includes(rung))
    .map((each) => sparingUnused(each, climbs))
}

function allowsSnapshots({ configuration }: Input): boolean {
  return configuration?.snapshots ?? false
}

/** Could not run before the dependencies installed: looked at now, on the repaired manifests. */
async function repairPending(
  ports: LadderPorts,
  { work, check }: { work: Work; check: Check },
  context: StepContext,
): Promise<void> {
  const evidence = await ports.observer.observe(work.workspace, check, work.patch)
  await recordCheck(ports.store, context.runId, { check, evidence })
  if (isGreen(evidence)) return void work.greens.push({ check, evidence })
  const targets = [...findingsOf(check.name, evidence)]
  const failure = { check, evidence, targets, preExisting: [] }
  work.failures.push(failure)
  await repairOne(ports, { work, failure, last: false }, context)
}
