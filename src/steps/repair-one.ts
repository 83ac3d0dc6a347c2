import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Failure, Repair, SetAside, Trial } from '#domain/failure.ts'
import type { FailureReason } from '#domain/outcome.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { Place } from '#domain/place.ts'
import type { Recipe } from '#domain/recipe.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import { flakyNote } from '#messages/fix-notes.ts'
import type { rungs } from '#ports/fixer.ts'
import type { StepContext } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'

import { beforeAt } from './before-at.ts'
import { climb } from './climb.ts'
import { coderRung } from './coder-rung.ts'
import type { LadderPorts } from './ladder-ports.ts'
import type { Ahead } from './prove-ahead.ts'
import { knownFor, type Remembered } from './remember.ts'
import { rerunOn } from './rerun-failure.ts'
import { sparingUnused } from './spare-unused.ts'
import type { Climbed } from './standing.ts'
import { whyUnsolved } from './why-unsolved.ts'

/** A climb, and on top of which repairs it began. */
type Tried = Remembered & { readonly climbed: Pick<Climbed, 'left'>; readonly on: Patch }

interface Asked {
  readonly place: Place
  readonly rungs: readonly (typeof rungs)[number][]
  readonly pending: readonly Check[]
  readonly configuration: RepositoryConfiguration | null
  readonly 'flaky-reruns': number
}

/** What a step that climbs has so far. */
export interface Work {
  readonly input: Asked
  readonly workspace: Workspace
  readonly recipes: readonly Recipe[]
  readonly ahead: Ahead
  readonly repairs: Repair[]
  readonly unsolved: SetAside[]
  readonly trials: Trial[]
  readonly climbs: Tried[]
  readonly failures: Failure[]
  readonly greens: { check: Check; evidence: Evidence }[]
  patch: Patch
}

interface Climbing {
  readonly work: Work
  readonly failure: Failure
  readonly last: boolean
  /** It was climbed for before; a model is asked once. */
  readonly again?: boolean
}

/** Climbs the ladder for one red check, on top of what is repaired already. */
export async function repairOne(
  ports: LadderPorts,
  { work, failure, last, again = false }: Climbing,
  context: StepContext,
): Promise<void> {
  const on = work.patch
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
    ahead: aheadOf(work, last),
    note: (text) => context.note(text),
    known: await knownFor(ports, context, failure.targets),
    coder: again ? null : coderRung(ports, { ...work, check: failure.check }, context),
  })
  work.trials.push(...climbed.trials)
  const unsolved = await whyUnsolved({
    failure,
    climbed,
    first: work.patch.length === 0 ? failure.evidence : climbed.start,
    rerun: rerunOn(ports, { ...work, check: failure.check }, context),
    // Whether it changes its mind was asked the first time.
    reruns: again ? 0 : work.input['flaky-reruns'],
    snapshotsAllowed: allowsSnapshots(work.input),
  })
  if (unsolved?.reason === 'flaky') context.note(flakyNote(failure.check.name))
  work.climbs.push({ check: failure.check, climbed, unsolved, on })
  if (unsolved !== null) return void work.unsolved.push(unsolved)
  if (climbed.repair !== null) await take(ports, { work, repair: climbed.repair }, context)
}

/** The last repair is about to be measured: what else has to be proved is begun beside it. */
function aheadOf({ unsolved, input, ahead }: Work, last: boolean): (patch: Patch) => void {
  const final = last && unsolved.length === 0 && input.pending.length === 0
  return (patch) => (final ? ahead.begin(patch) : undefined)
}

async function take(
  { store }: LadderPorts,
  { work, repair }: { readonly work: Work; readonly repair: Repair },
  { runId }: StepContext,
): Promise<void> {
  work.repairs.push(repair)
  work.patch = combine(work.patch, repair.patch)
  await store.saveEvidence(runId, `repaired/${repair.check}`, repair.after)
}

/** What stays true whatever else is repaired: chance and limits are no matter of the ladder. */
const mayChange: ReadonlySet<FailureReason> = new Set(['no-fix-found', 'fix-incomplete'])

/**
 * Climbs once more for what was given up before others were repaired: a linter that reads types, a build that reads what
 * another check found broken.
 */
export async function repairLeft(
  ports: LadderPorts,
  work: Work,
  context: StepContext,
): Promise<void> {
  const open = work.climbs.filter(
    ({ unsolved, on }) => unsolved !== null && mayChange.has(unsolved.reason) && on !== work.patch,
  )
  for (const before of open) {
    const failure = work.failures.find(({ check }) => check.name === before.check.name)
    if (failure === undefined) continue
    work.climbs.splice(work.climbs.indexOf(before), 1)
    work.unsolved.splice(
      work.unsolved.findIndex(({ check }) => check === failure.check.name),
      1,
    )
    await repairOne(ports, { work, failure, last: false, again: true }, context)
    const after = work.climbs.pop()
    if (after !== undefined) work.climbs.push(together(before, after))
  }
}

/** Two climbs for one check as one: what was tried in both, and how it ended. */
function together(before: Tried, after: Tried): Tried {
  const { trials, lessons } = before.climbed
  return {
    ...after,
    climbed: {
      ...after.climbed,
      trials: [...trials, ...after.climbed.trials],
      lessons: [...lessons, ...after.climbed.lessons],
    },
  }
}

function fixersFor({ fixers }: Pick<LadderPorts, 'fixers'>, { input, climbs }: Work) {
  return fixers
    .filter(({ rung }) => input.rungs.includes(rung))
    .map((each) => sparingUnused(each, climbs))
}

function allowsSnapshots({ configuration }: Asked): boolean {
  return configuration?.snapshots ?? false
}
