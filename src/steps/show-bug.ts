import { z } from 'zod'

import { check } from '#domain/check.ts'
import { untrustedText } from '#domain/coder.ts'
import { evidence } from '#domain/evidence.ts'
import type { Failure, Trial } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import type { Patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import {
  repositoryConfiguration,
  type RepositoryConfiguration,
} from '#domain/repository-configuration.ts'
import {
  noCoderDetail,
  noTestCheckDetail,
  notShown,
  showObjective,
  shownNote,
} from '#messages/bug.ts'
import { askingNote, coderEndings, writtenSentence } from '#messages/coder.ts'
import { discardedNote } from '#messages/fix-notes.ts'
import { coderRefusal } from '#policy/coder-scope.ts'
import { runsTests } from '#policy/shown-bug.ts'
import type { Coder } from '#ports/coder.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'

import { askCoder, type Desk } from './ask-coder.ts'
import { awaitDay, overMeanwhile } from './await-day.ts'
import { ordersOf } from './default-rules.ts'
import type { LadderPorts } from './ladder-ports.ts'
import { type GreenTests, proveBug } from './prove-bug.ts'
import { record } from './record.ts'
import { within, workspaceAt } from './workspace-at.ts'
import { type Spent, spentBy, spentInAttempt } from './written-by-coder.ts'

const input = z.strictObject({
  place,
  greens: z.array(z.strictObject({ check, evidence })),
  texts: z.array(untrustedText),
  configuration: repositoryConfiguration.nullable(),
  'flaky-reruns': z.number().int().min(0).max(10).default(4),
})
type Input = z.infer<typeof input>

/** Has a test written that is red for the described bug, and proves that it is: by itself, alone, and each time. */
export function showBug(ports: LadderPorts): StepKind<Input> {
  return {
    name: 'show-bug',
    input,
    outputs: ['patch', 'failures', 'greens'],
    sideEffect: 'none',
    run: (input, context) => show(ports, input, context),
  }
}

/** K48. */
const attempts = 3

interface Showing {
  readonly ports: LadderPorts
  readonly coder: Coder
  readonly workspace: Workspace
  readonly input: Input
  readonly tests: readonly GreenTests[]
  readonly context: StepContext
}

async function show(ports: LadderPorts, input: Input, context: StepContext): Promise<Outcome> {
  const { coder } = ports
  if (coder === null) return failed('not-shown', noCoderDetail)
  const over = await overMeanwhile(ports, context)
  if (over !== null) return over
  const tests = input.greens.filter((one) => runsTests(one.check))
  if (tests.length === 0) return failed('not-shown', noTestCheckDetail)
  const at = { place: input.place, sha: input.place.headSha }
  const opened = await workspaceAt(ports, at, context)
  const workspace = within(opened.workspace, input.configuration)
  const showing: Showing = { ports, coder, workspace, input, tests, context }
  const trials: Trial[] = []
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    context.note(askingNote(coder.id, attempt, attempts))
    const tried = await tryOnce(showing, trials)
    if (tried.kind === 'spent') return await endOf(showing, tried.spent)
    if (tried.kind === 'shown') return shown(showing, tried)
    trials.push(tried.trial)
    const key = { runId: context.runId, key: `bug/${attempt}` }
    await record(ports.store, key, { kind: 'trial', trial: tried.trial })
    context.note(discardedNote(tried.trial.strategy, tried.trial.verdict))
  }
  return failed('not-shown', trials.map(({ verdict }) => verdict).join('\n'))
}

async function endOf({ ports, input, context }: Showing, spent: Spent): Promise<Outcome> {
  const day = await awaitDay(ports, { ...input, spent }, context)
  return day ?? failed('budget-spent', spent.sentence)
}

type Tried =
  | { readonly kind: 'shown'; readonly failure: Failure; readonly patch: Patch }
  | { readonly kind: 'tried'; readonly trial: Trial }
  | { readonly kind: 'spent'; readonly spent: Spent }

async function tryOnce(showing: Showing, before: readonly Trial[]): Promise<Tried> {
  const { ports, coder, workspace, input, tests, context } = showing
  const asked = await askCoder(
    ports,
    { coder, task: taskOf(input, before), desk: deskOf(showing) },
    context,
  )
  if (asked.kind === 'exhausted') return { kind: 'spent', spent: spentBy(asked.reached) }
  const strategy = `coder/${coder.id}`
  const check = tests.map((one) => one.check.name).join(', ')
  if (asked.kind === 'ended') {
    const { because, detail } = asked
    if (because === 'budget-spent') return { kind: 'spent', spent: spentInAttempt }
    const verdict = `${coderEndings[because]} ${detail}`.trim()
    const description = `${coder.id} proposed nothing`
    return { kind: 'tried', trial: { check, strategy, description, verdict } }
  }
  const [first] = tests
  const patch =
    first === undefined
      ? asked.patch
      : await ports.tidy({ workspace, patch: [], check: first.check }, asked.patch)
  const { observer } = ports
  const reruns = input['flaky-reruns']
  const proved = await proveBug({ workspace, observer, tests, reruns }, patch)
  if (proved.kind === 'shown') return { ...proved, patch }
  const description = writtenSentence(coder.id, pathsOf(patch))
  const verdict = notShown[proved.because]
  return { kind: 'tried', trial: { check, strategy, description, verdict } }
}

function taskOf({ texts }: Input, before: readonly Trial[]) {
  return {
    kind: 'show-bug' as const,
    objective: showObjective,
    untrusted: texts,
    failedBefore: before.map(({ description, verdict }) => `${description}. ${verdict}`),
  }
}

function deskOf({ ports, workspace, input, tests }: Showing): Desk {
  return {
    workspace,
    patch: [],
    checks: tests.map((one) => one.check),
    orders: () => ordersOf(ports, input.place, workspace),
    observe: (one, on) => ports.observer.observe(workspace, one, on),
    refusal: (path) =>
      coderRefusal(path, { ...protectedIn(input.configuration), findings: [], writes: 'tests' }),
  }
}

/** `protected-paths` of the configuration. */
function protectedIn(configuration: RepositoryConfiguration | null) {
  return { protectedPaths: configuration?.['protected-paths'] ?? [] }
}

async function shown(
  { ports, input, context }: Showing,
  { failure, patch }: Extract<Tried, { kind: 'shown' }>,
): Promise<Outcome> {
  context.note(shownNote(pathsOf(patch)))
  const { name } = failure.check
  await ports.store.saveEvidence(context.runId, `bug/${name}`, failure.evidence)
  const greens = input.greens.filter((one) => one.check.name !== name)
  return { kind: 'done', outputs: { patch, failures: [failure], greens } }
}

function pathsOf(patch: Patch): readonly string[] {
  return patch.map(({ path }) => path)
}

function failed(reason: 'not-shown' | 'budget-spent', detail: string): Outcome {
  return { kind: 'failed', reason, detail }
}
