import type { Check } from '#domain/check.ts'
import type { CoderTask } from '#domain/coder.ts'
import { type Event, hostedIn } from '#domain/event.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Trial } from '#domain/failure.ts'
import type { Patch } from '#domain/patch.ts'
import type { Place } from '#domain/place.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import type { FlakeVerdict } from '#domain/verdict.ts'
import { findingLines, repairObjective } from '#messages/coder.ts'
import { coderRefusal } from '#policy/coder-scope.ts'
import { limitsOf } from '#policy/limits.ts'
import type { FixRequest } from '#ports/fixer.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext } from '#ports/step.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { askCoder, type CoderPorts, type Desk } from './ask-coder.ts'
import { ordersOf } from './default-rules.ts'
import { rerunFailure } from './rerun-failure.ts'
import { type Earlier, writtenBy, type Written } from './written-by-coder.ts'

export interface CoderRung {
  readonly id: string
  /** Under which its success is remembered. */
  readonly strategy: string
  /** Runs the check again on the same tree until it is told apart: no model is asked about a coin. */
  chance(evidence: Evidence, patch: Patch): Promise<FlakeVerdict>
  write(request: FixRequest, evidence: Evidence, earlier: Earlier): Promise<Written>
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
    async write(request, evidence, { trials, ...earlier }) {
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
      const task = taskOf(request, evidence, trials)
      const asked = await askCoder(ports, { coder, task, desk }, context)
      const most = limitsOf(input.configuration).model
      return writtenBy({ id: coder.id, most, ...earlier }, request, asked)
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
