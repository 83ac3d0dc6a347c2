import type { Check } from '#domain/check.ts'
import type { Landed } from '#domain/culprit.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Place } from '#domain/place.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'
import { lookNote } from '#messages/culprit.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext } from '#ports/step.ts'
import type { Observer } from '#ports/workspace.ts'

import type { Looks } from './hunt.ts'
import { within, workspaceAt, type WorkspacePorts } from './workspace-at.ts'

export type LookingPorts = WorkspacePorts & {
  readonly observer: Observer
  readonly store: Pick<RunStore, 'saveEvidence' | 'evidence'>
  readonly culprits: Pick<Culprits, 'said' | 'keep'>
}

interface Looking {
  readonly place: Place
  readonly configuration: RepositoryConfiguration | null
  readonly check: Check
  readonly line: readonly Landed[]
  /** Runs that are still allowed. */
  readonly budget: { left: number }
}

/** Each look is on record under its number: a run that goes on after a crash looks at nothing twice. */
export async function looksAt(
  ports: LookingPorts,
  looking: Looking,
  context: StepContext,
): Promise<Looks> {
  const { name } = looking.check
  const of = new Map<string, Evidence[]>()
  const kept = new Map(
    (await ports.store.evidence(context.runId)).map(({ key, evidence }) => [key, evidence]),
  )
  return {
    of,
    async look(sha, afresh) {
      const seen = of.get(sha) ?? []
      const key = `look/${name}/${sha}/${seen.length + 1}`
      const known = kept.get(key) ?? null
      const evidence = known ?? (await take(ports, { ...looking, sha, afresh }, context))
      if (evidence === null) return false
      of.set(sha, [...seen, evidence])
      if (known !== null) return true
      await ports.store.saveEvidence(context.runId, key, evidence)
      context.note(lookNote(name, sha, evidence))
      return true
    },
  }
}

type Taking = Looking & { readonly sha: string; readonly afresh: boolean }

/** Null when no more runs are allowed. What was said of the same files is believed while searching, and never as proof. */
async function take(
  ports: LookingPorts,
  { sha, afresh, ...looking }: Taking,
  context: StepContext,
): Promise<Evidence | null> {
  const { check, line, budget } = looking
  const tree = line.find((one) => one.sha === sha)?.tree ?? ''
  const mayRemember = !afresh && tree !== ''
  const before = mayRemember ? await ports.culprits.said(tree, commandOf(check)) : null
  if (before !== null) return before
  if (budget.left === 0) return null
  budget.left -= 1
  const evidence = await observe(ports, { ...looking, sha, afresh }, context)
  // A limit of the machine says nothing of the files.
  if (mayRemember && evidence.end.kind === 'exited')
    await ports.culprits.keep(tree, commandOf(check), evidence)
  return evidence
}

async function observe(
  ports: LookingPorts,
  { place, configuration, check, sha, afresh }: Taking,
  context: StepContext,
): Promise<Evidence> {
  const opened = await workspaceAt(ports, { place, sha }, context)
  const workspace = within(opened.workspace, configuration)
  return afresh
    ? ports.observer.again(workspace, check, [])
    : ports.observer.observe(workspace, check, [])
}

/** All that makes a run of a check the same run on the same files. */
function commandOf({ command, directory, before, invocations }: Check): string {
  return JSON.stringify([process.version, command, directory, before, invocations])
}
