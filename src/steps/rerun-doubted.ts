import { z } from 'zod'

import { check, type Check } from '#domain/check.ts'
import { ciClaim } from '#domain/ci.ts'
import { evidence, type Evidence, isGreen } from '#domain/evidence.ts'
import { type SetAside, setAside } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { doubtedDetail, flakyNote } from '#messages/fix-notes.ts'
import { mayRunAgain } from '#policy/court.ts'
import { rerunsFor } from '#policy/flake.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { record, rerunKey } from './record.ts'
import { within, workspaceAt, type WorkspacePorts } from './workspace-at.ts'

type Ports = WorkspacePorts & {
  readonly observer: Pick<Observer, 'again'>
  readonly store: Pick<RunStore, 'append' | 'saveEvidence'>
}

const green = z.strictObject({ check, evidence })
const input = z.strictObject({
  place,
  configuration: repositoryConfiguration.nullable(),
  claims: z.array(ciClaim),
  setAside: z.array(setAside),
  greens: z.array(green),
})
type Input = z.infer<typeof input>
type Green = z.infer<typeof green>

/** What is red in CI and green here, of tests, is run again: red once on the same commit, it is flaky, and no code is changed. */
export function rerunDoubted(ports: Ports): StepKind<Input> {
  return {
    name: 'rerun-doubted',
    input,
    outputs: ['setAside', 'greens'],
    sideEffect: 'none',
    run: (input, context) => doubt(ports, input, context),
  }
}

async function doubt(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const found: SetAside[] = []
  for (const each of doubted(input)) {
    const red = await runAgain(ports, { input, each }, context)
    if (red === null) continue
    const { name } = each.check
    context.note(flakyNote(name))
    const aside = { check: name, reason: 'flaky' as const, detail: doubtedDetail, evidence: red }
    await record(
      ports.store,
      { runId: context.runId, key: name },
      { kind: 'set-aside', setAside: aside },
    )
    found.push(aside)
  }
  const greens = input.greens.filter(
    ({ check: { name } }) => !found.some((one) => one.check === name),
  )
  return { kind: 'done', outputs: { setAside: [...input.setAside, ...found], greens } }
}

/** A claim about the code, all of whose checks were run here and are green; those of them that chance may have a part in. */
function doubted({ claims, greens }: Input): readonly Green[] {
  const isGreenHere = (name: string): boolean => greens.some(({ check }) => check.name === name)
  const named = claims
    .filter(({ trouble, unreachable }) => trouble === null && unreachable.length === 0)
    .flatMap((claim) => (claim.checks.every(isGreenHere) ? claim.checks : []))
  const behind = new Set(named)
  return greens.filter(({ check }) => behind.has(check.name) && runsTests(check))
}

function runsTests({ invocations }: Check): boolean {
  return invocations.some(({ tool }) => tool !== 'command' && rerunsFor([tool]) > 1)
}

/** The first red run of it, or null where there is none as long as it is worth looking. */
async function runAgain(
  ports: Ports,
  { input, each }: { readonly input: Input; readonly each: Green },
  context: StepContext,
): Promise<Evidence | null> {
  const { place, configuration } = input
  const workspace: Workspace = within(
    (await workspaceAt(ports, { place, sha: place.headSha }, context)).workspace,
    configuration,
  )
  const runs = [each.evidence]
  while (mayRunAgain(runs)) {
    const again = await ports.observer.again(workspace, each.check, [])
    await ports.store.saveEvidence(context.runId, rerunKey(each.check.name, runs.length), again)
    if (again.end.kind === 'exited' && !isGreen(again)) return again
    runs.push(again)
  }
  return null
}
