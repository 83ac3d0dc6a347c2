import type { Reached } from '#domain/budget.ts'
import type { Check } from '#domain/check.ts'
import type { CoderTask } from '#domain/coder.ts'
import { type Event, hostedIn } from '#domain/event.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Trial } from '#domain/failure.ts'
import type { Patch } from '#domain/patch.ts'
import type { Place } from '#domain/place.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import type { FlakeVerdict } from '#domain/verdict.ts'
import {
  coderEndings,
  exhaustedSentence,
  findingLines,
  rationaleSentence,
  repairObjective,
  writtenSentence,
} from '#messages/coder.ts'
import { coderRisk } from '#policy/coder-risk.ts'
import { coderRefusal } from '#policy/coder-scope.ts'
import { cleaned } from '#policy/untrusted-text.ts'
import type { Candidate, FixRequest } from '#ports/fixer.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext } from '#ports/step.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { askCoder, type Asked, type CoderPorts, type Desk } from './ask-coder.ts'
import { ordersOf } from './default-rules.ts'
import { rerunFailure } from './rerun-failure.ts'

/** What the last rung of the ladder made of it. */
type Written =
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  /** `again`: another attempt may bring more. */
  | { readonly kind: 'nothing'; readonly trial: Omit<Trial, 'check'>; readonly again: boolean }
  | ({ readonly kind: 'spent' } & Spent)

/** That a budget let nobody go on. */
export interface Spent {
  readonly sentence: string
  /** A day comes back, a task does not. */
  readonly scope: Reached['scope']
}

export interface CoderRung {
  readonly id: string
  /** Under which its success is remembered. */
  readonly strategy: string
  /** Runs the check again on the same tree until it is told apart: no model is asked about a coin. */
  chance(evidence: Evidence, patch: Patch): Promise<FlakeVerdict>
  write(request: FixRequest, evidence: Evidence, before: readonly Trial[]): Promise<Written>
}

/** What a coder is asked for, once it is known what is red and what was tried. */
export type TaskOf = (
  request: FixRequest,
  evidence: Evidence,
  before: readonly Trial[],
) => CoderTask

/** What the ladder stands on. */
interface Ladder {
  readonly workspace: Workspace
  readonly check: Check
  /** What a coder is asked for; left out, to make the check green. */
  readonly taskOf?: TaskOf
  readonly input: {
    readonly place: Place
    readonly rungs: readonly string[]
    readonly configuration: RepositoryConfiguration | null
    readonly 'flaky-reruns': number
  }
}

/** The last rung; null where none is set or wanted, or where nobody who may spend asked for it. */
export function coderRung(
  ports: CoderPorts & {
    readonly observer: Observer
    readonly repositories: Pick<Repositories, 'resolve' | 'read'>
  },
  { workspace, check, input, taskOf = repairTask }: Ladder,
  context: StepContext,
): CoderRung | null {
  const { coder, observer } = ports
  if (coder === null || !input.rungs.includes('coder') || isByStranger(context.event)) return null
  return {
    id: coder.id,
    strategy: `coder/${coder.id}`,
    chance(first, patch) {
      const rerun = (): Promise<Evidence> => observer.again(workspace, check, patch)
      return rerunFailure({ first, rerun, reruns: input['flaky-reruns'] })
    },
    async write(request, evidence, before) {
      const { patch, findings } = request
      const protectedPaths = input.configuration?.['protected-paths'] ?? []
      const desk: Desk = {
        workspace,
        patch,
        checks: [check],
        orders: () => ordersOf(ports, input.place, workspace),
        observe: (one, on) => observer.observe(workspace, one, on),
        refusal: (path) => coderRefusal(path, { findings, protectedPaths, writes: 'code' }),
      }
      const task = taskOf(request, evidence, before)
      return writtenBy(coder.id, request, await askCoder(ports, { coder, task, desk }, context))
    },
  }
}

/** Whoever opens a pull request from a fork would spend our money with it. */
export function isByStranger(event: Event): boolean {
  const hosted = hostedIn(event)
  return hosted !== null && hosted.isFork && hosted.asked === null
}

function repairTask(
  { check, findings }: FixRequest,
  evidence: Evidence,
  before: readonly Trial[],
): CoderTask {
  return {
    kind: 'repair',
    objective: repairObjective(check.name),
    untrusted: [
      { source: 'What the check complains about', text: findingLines(findings) },
      { source: 'The last lines that it printed', text: evidence.outputTail },
    ],
    failedBefore: toldBefore(before),
  }
}

/** The last attempts, in our words. */
export function toldBefore(before: readonly Trial[]): readonly string[] {
  return before
    .slice(-5)
    .map(({ strategy, description, verdict }) => `${strategy}: ${description}. ${verdict}`)
}

function writtenBy(id: string, request: FixRequest, asked: Asked): Written {
  switch (asked.kind) {
    case 'edits':
      return { kind: 'candidate', candidate: candidateOf(id, request, asked) }
    case 'exhausted':
      return { kind: 'spent', ...spentBy(asked.reached) }
    case 'ended': {
      const { because, detail } = asked
      if (because === 'budget-spent') return { kind: 'spent', ...spentInAttempt }
      const trial = {
        strategy: `coder/${id}`,
        description: `${id} proposed nothing`,
        verdict: [coderEndings[because], detail].join(' ').trim(),
      }
      return { kind: 'nothing', trial, again: worthAnother.has(because) }
    }
  }
}

export function spentBy(reached: Reached): Spent {
  return { sentence: exhaustedSentence(reached), scope: reached.scope }
}

/** What was set aside for the attempt is used, and nothing says that more comes back another day. */
export const spentInAttempt: Spent = { sentence: coderEndings['budget-spent'], scope: 'task' }

const worthAnother: ReadonlySet<string> = new Set(['no-answer', 'nonsense', 'out-of-scope'])

function candidateOf(
  id: string,
  { workspace, patch: on, findings }: FixRequest,
  { patch, rationale }: Extract<Asked, { kind: 'edits' }>,
): Candidate {
  const change = patch.map(({ path, content }) => ({
    path,
    before: workspace.read(path, on),
    after: content,
  }))
  return {
    strategy: `coder/${id}`,
    description: writtenSentence(
      id,
      patch.map(({ path }) => path),
    ),
    rootCause: rationaleSentence(id, cleaned(rationale)),
    patch,
    risk: coderRisk(change, findings),
  }
}
