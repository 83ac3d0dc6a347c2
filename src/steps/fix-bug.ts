import { z } from 'zod'

import { type CoderTask, untrustedText } from '#domain/coder.ts'
import { failure, type Failure, type Repair } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { combine, patch, type Patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { fixObjective, shownDescription } from '#messages/bug.ts'
import { findingLines } from '#messages/coder.ts'
import { leftDetail } from '#messages/fix-notes.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { awaitDay, overMeanwhile } from './await-day.ts'
import { climb } from './climb.ts'
import { coderRung, type TaskOf, toldBefore } from './coder-rung.ts'
import { hostedOf } from './hosted-run.ts'
import type { LadderPorts } from './ladder-ports.ts'
import { knownFor, remember } from './remember.ts'
import type { Climbed } from './standing.ts'
import { within, workspaceAt } from './workspace-at.ts'

const input = z.strictObject({
  place,
  /** The test that shows the bug, and what it said. */
  patch,
  failures: z.array(failure).length(1),
  texts: z.array(untrustedText),
  configuration: repositoryConfiguration.nullable(),
})
type Input = z.infer<typeof input>

/** Makes the test green that shows a described bug, by the coder alone; test and repair become one commit. */
export function fixBug(ports: LadderPorts): StepKind<Input> {
  return {
    name: 'fix-bug',
    input,
    outputs: ['patch', 'repairs'],
    sideEffect: 'none',
    run: (input, context) => fix(ports, input, context),
  }
}

async function fix(ports: LadderPorts, input: Input, context: StepContext): Promise<Outcome> {
  const [red] = input.failures
  if (red === undefined) throw new Error('Nothing shows the bug.')
  const over = await overMeanwhile(ports, context)
  if (over !== null) return over
  const climbed = await climbFor(ports, { input, red }, context)
  const day = await awaitDay(ports, { ...input, spent: climbed.spent }, context)
  if (day !== null) return day
  await remember(ports, context, { check: red.check, climbed, unsolved: null })
  const { repair } = climbed
  if (repair === null) return notRepaired(climbed)
  const whole = withTest(repair, input.patch, context)
  return { kind: 'done', outputs: { patch: whole.patch, repairs: [whole] } }
}

function notRepaired({ spent, declined, left }: Climbed): Outcome {
  if (spent !== null) return { kind: 'failed', reason: 'budget-spent', detail: spent.sentence }
  return declined === null
    ? { kind: 'failed', reason: 'no-fix-found', detail: leftDetail(left, true) }
    : { kind: 'failed', reason: 'too-complex', detail: declined }
}

interface Fixing {
  readonly input: Input
  readonly red: Failure
}

async function climbFor(
  ports: LadderPorts,
  { input, red }: Fixing,
  context: StepContext,
): Promise<Climbed> {
  const at = { place: input.place, sha: input.place.headSha }
  const opened = await workspaceAt(ports, at, context)
  const workspace = within(opened.workspace, input.configuration)
  const { configuration } = input
  // That the test is red each time was seen when it was written.
  const rung = { place: input.place, rungs: ['coder'], configuration, 'flaky-reruns': 0 }
  const ladder = { workspace, check: red.check, input: rung, taskOf: taskFor(input) }
  return await climb({
    failure: red,
    patch: input.patch,
    workspace,
    fixers: [],
    observer: ports.observer,
    tidy: ports.tidy,
    snapshotsAllowed: false,
    recipes: [],
    base: null,
    ahead: () => undefined,
    note: (text) => context.note(text),
    known: await knownFor(ports, context, red.targets),
    coder: coderRung(ports, ladder, context),
  })
}

function taskFor({ texts, patch: tests }: Input): TaskOf {
  return ({ findings }, _evidence, before): CoderTask => ({
    kind: 'fix-bug',
    objective: fixObjective(pathsOf(tests)),
    untrusted: [...texts, { source: 'What the test says', text: findingLines(findings) }],
    failedBefore: toldBefore(before),
  })
}

/** The test belongs to the repair: one commit, which takes it from red to green. */
function withTest(repair: Repair, tests: Patch, context: StepContext): Repair {
  const { asked } = hostedOf(context)
  return {
    ...repair,
    patch: combine(tests, repair.patch),
    descriptions: [shownDescription(pathsOf(tests)), ...repair.descriptions],
    ...(asked !== null && { describedIn: asked.issue }),
  }
}

function pathsOf(of: Patch): readonly string[] {
  return of.map(({ path }) => path)
}
