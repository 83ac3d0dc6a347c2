import { z } from 'zod'

import { check, type Check } from '#domain/check.ts'
import { evidence, isGreen } from '#domain/evidence.ts'
import { failure } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { findingsOf } from '#policy/compare.ts'
import { fixOrder } from '#policy/fix-order.ts'
import { rungs } from '#ports/fixer.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { overMeanwhile } from './await-day.ts'
import { endOfClimbs } from './end-of-climbs.ts'
import type { LadderPorts } from './ladder-ports.ts'
import { type Ahead, proveAhead } from './prove-ahead.ts'
import { recipesOf } from './recipes-of.ts'
import { recordCheck } from './record.ts'
import { repairLeft, repairOne, type Work } from './repair-one.ts'
import { within, workspaceAt } from './workspace-at.ts'

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
  await repairLeft(ports, work, context)
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
