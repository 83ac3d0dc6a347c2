import { z } from 'zod'

import { check, type Check } from '#domain/check.ts'
import { type Event, hostedIn } from '#domain/event.ts'
import { isGreen, type Evidence } from '#domain/evidence.ts'
import type { Failure, SetAside } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { counted, passedOverNote, preExistingNote, redNote } from '#messages/fix-notes.ts'
import type { Fixer } from '#ports/fixer.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { classify, type Classified } from './classify-failure.ts'
import { record, recordCheck } from './record.ts'
import { installCheck, within, workspaceAt, type WorkspacePorts } from './workspace-at.ts'

type Ports = WorkspacePorts & {
  readonly observer: Observer
  readonly fixers: readonly Pick<Fixer, 'foresee' | 'forget'>[]
  readonly store: Pick<RunStore, 'saveEvidence' | 'append'>
}

const input = z.strictObject({
  place,
  checks: z.array(check),
  configuration: repositoryConfiguration.nullable(),
})
type Input = z.infer<typeof input>

/** Runs every check on the head and, where red, on the base: what is ours to fix, and what was red before. */
export function reproduceFailures(ports: Ports): StepKind<Input> {
  return {
    name: 'reproduce-failures',
    input,
    outputs: ['failures', 'setAside', 'greens', 'pending', 'red', 'green'],
    sideEffect: 'none',
    run: (input, context) => reproduce(ports, input, context),
  }
}

async function reproduce(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { place } = input
  const at = { place, sha: place.headSha }
  const { installed, ...opened } = await workspaceAt(ports, at, context)
  const workspace = within(opened.workspace, input.configuration)
  if (installed.kind === 'failed') return installFailed(ports, { workspace, input }, context)
  const found: Found = { failures: [], setAside: [], greens: [] }
  const toldRed = isToldRed(context.event)
  for (const check of input.checks) {
    if (toldRed) foresee(ports, workspace, check)
    const evidence = await ports.observer.observe(workspace, check, [])
    if (isGreen(evidence)) {
      await recordCheck(ports.store, context.runId, { check, evidence })
      found.greens.push({ check, evidence })
      continue
    }
    foresee(ports, workspace, check)
    context.note(redNote(check.name, evidence.findings.length))
    await takeRed(ports, { found, red: { input, check, evidence } }, context)
  }
  if (found.failures.length === 0) for (const fixer of ports.fixers) fixer.forget?.(workspace)
  return done({ ...found, pending: [] })
}

interface Found {
  readonly failures: Failure[]
  readonly setAside: SetAside[]
  readonly greens: { check: Check; evidence: Evidence }[]
}

interface Red {
  readonly input: Input
  readonly check: Check
  readonly evidence: Evidence
}

async function takeRed(
  ports: Ports,
  { found, red }: { readonly found: Found; readonly red: Red },
  context: StepContext,
): Promise<void> {
  const { check, evidence } = red
  const judged = await judgeRed(ports, red, context)
  if (judged.kind === 'set-aside' && check.origin === 'stand-in')
    return context.note(passedOverNote(check.name))
  await recordCheck(ports.store, context.runId, { check, evidence })
  if (judged.kind === 'failure') return void found.failures.push(judged.failure)
  const { setAside } = judged
  found.setAside.push(setAside)
  await record(
    ports.store,
    { runId: context.runId, key: check.name },
    { kind: 'set-aside', setAside },
  )
}

/** Whoever names a check, or tells of one that ended, does so because it is red. */
function isToldRed(event: Event): boolean {
  return event.checks.length > 0 || (hostedIn(event)?.failed ?? []).length > 0
}

function foresee({ fixers }: Ports, workspace: Workspace, check: Check): void {
  for (const fixer of fixers) fixer.foresee?.(workspace, check)
}

/** Nothing else can run before the dependencies install, so that comes first and the rest waits. */
async function installFailed(
  ports: Ports,
  { workspace, input }: { workspace: Workspace; input: Input },
  context: StepContext,
): Promise<Outcome> {
  const check = installCheck()
  const evidence = await ports.observer.observe(workspace, check, [])
  await recordCheck(ports.store, context.runId, { check, evidence })
  const failure = { check, evidence, targets: evidence.findings, preExisting: [] }
  return done({ failures: [failure], setAside: [], greens: [], pending: input.checks })
}

async function judgeRed(ports: Ports, red: Red, context: StepContext): Promise<Classified> {
  const { check, evidence, input } = red
  const base = await onBase(ports, { input, check }, context)
  const classified = classify({ check, evidence, base })
  if (classified.kind === 'failure' && classified.failure.preExisting.length > 0)
    context.note(preExistingNote(check.name, classified.failure.preExisting.length))
  return classified
}

async function onBase(
  ports: Ports,
  { input, check }: { input: Input; check: Check },
  context: StepContext,
): Promise<Evidence | null> {
  const { place, configuration } = input
  // Without a base nobody knows what a check that CI does not run said before: the commit before has to tell.
  const sha = place.baseSha ?? (check.origin === 'stand-in' ? place.parentSha : null)
  if (sha === null) return null
  const opened = await workspaceAt(ports, { place, sha }, context)
  const workspace = within(opened.workspace, configuration)
  const evidence = await ports.observer.observe(workspace, check, [])
  await ports.store.saveEvidence(context.runId, `base/${check.name}`, evidence)
  return evidence
}

function done(found: {
  failures: Failure[]
  setAside: SetAside[]
  greens: { check: Check; evidence: Evidence }[]
  pending: Check[]
}): Outcome {
  const red = found.failures.length + found.setAside.length
  const green = found.greens.length
  return {
    kind: 'done',
    outputs: { ...found, red, green, facts: `${counted(red, 'red check')}, ${green} green` },
  }
}
