import { z } from 'zod'

import { check, type Check } from '#domain/check.ts'
import { evidence, type Evidence } from '#domain/evidence.ts'
import {
  failure,
  type Failure,
  type ProofEntry,
  repair,
  type Repair,
  setAside,
} from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { newlyBrokenNote } from '#messages/fix-notes.ts'
import { redBefore } from '#policy/compare.ts'
import { rungs } from '#ports/fixer.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'

import type { LadderPorts } from './ladder-ports.ts'
import { mend, type Mending } from './mend-fix.ts'
import { proveBeside } from './prove-beside.ts'
import { type Broken, type Proved, provedBy } from './proved-by.ts'
import { record } from './record.ts'
import { within, workspaceAt } from './workspace-at.ts'

const input = z.strictObject({
  place,
  patch,
  repairs: z.array(repair),
  failures: z.array(failure),
  setAside: z.array(setAside),
  greens: z.array(z.strictObject({ check, evidence })),
  /** Type checks and tests that were not asked about, and not run on the head. */
  beside: z.array(check).default([]),
  configuration: repositoryConfiguration.nullable(),
  rungs: z.array(z.enum(rungs)),
  /** S2-08: after the third red proof the fix is given up. */
  'type-check-attempts': z.number().int().min(1).max(10).default(3),
})
type Input = z.infer<typeof input>

type Proving = Mending & { readonly input: Input }

/** Runs on the fixed tree every check that was green and every one that was repaired; nothing may be newly broken. */
export function verifyFix(ports: LadderPorts): StepKind<Input> {
  return {
    name: 'verify-fix',
    input,
    outputs: ['patch', 'repairs', 'proof', 'proved', 'attempts'],
    sideEffect: 'none',
    run: (input, context) => verify(ports, input, context),
  }
}

async function verify(ports: LadderPorts, input: Input, context: StepContext): Promise<Outcome> {
  const at = { place: input.place, sha: input.place.headSha }
  const opened = await workspaceAt(ports, at, context)
  const workspace = within(opened.workspace, input.configuration)
  const proving = {
    input,
    workspace,
    repairs: [...input.repairs],
    patch: input.patch,
    rungs: input.rungs,
  }
  const attempts = input['type-check-attempts']
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { proof, broken } = await prove(ports, proving, context)
    if (broken.length === 0) {
      await recordProof(ports, context, { proof, repairs: proving.repairs })
      return proved(proving, { proof, attempts: attempt })
    }
    for (const { check } of broken) context.note(newlyBrokenNote(check.name, attempt, attempts))
    if (attempt < attempts) await mend(ports, { proving, broken }, context)
    else return brokenOutcome(broken)
  }
  return brokenOutcome([])
}

async function recordProof(
  { store }: LadderPorts,
  { runId }: StepContext,
  { proof, repairs }: { proof: readonly ProofEntry[]; repairs: readonly Repair[] },
): Promise<void> {
  for (const repair of repairs)
    await record(store, { runId, key: repair.check }, { kind: 'repair', repair })
  for (const entry of proof)
    await record(store, { runId, key: entry.check }, { kind: 'proof', entry })
}

async function prove(
  ports: LadderPorts,
  { input, workspace, patch, ...proving }: Proving,
  context: StepContext,
): Promise<{ proof: ProofEntry[]; broken: Broken[] }> {
  const results: Proved[] = []
  for (const { check, before, failure } of checksToProve({ input, ...proving })) {
    const after = await ports.observer.observe(workspace, check, patch)
    const known = failure === null ? [] : redBefore(failure, patch)
    results.push(provedBy({ check, before, after, known }))
  }
  const { beside } = input
  const base = (): Promise<Workspace | null> => baseOf(ports, input, context)
  results.push(...(await proveBeside(ports, { workspace, patch, beside, base })))
  for (const { name, after } of results)
    await ports.store.saveEvidence(context.runId, `proof/${name}`, after)
  return {
    proof: results.flatMap((one) => (one.kind === 'holds' ? [one.entry] : [])),
    broken: results.flatMap((one) => (one.kind === 'broken' ? [one.broken] : [])),
  }
}

async function baseOf(
  ports: LadderPorts,
  { place, configuration }: Input,
  context: StepContext,
): Promise<Workspace | null> {
  if (place.baseSha === null) return null
  const { workspace } = await workspaceAt(ports, { place, sha: place.baseSha }, context)
  return within(workspace, configuration)
}

interface ToProve {
  readonly check: Check
  readonly before: Evidence
  /** Why it was red; null where it was green. */
  readonly failure: Failure | null
}

function checksToProve({ input, repairs }: Pick<Proving, 'input' | 'repairs'>): ToProve[] {
  const repaired = new Set(repairs.map(({ check }) => check))
  const red = input.failures
    .filter(({ check }) => repaired.has(check.name))
    .map((failure) => ({ check: failure.check, before: failure.evidence, failure }))
  const green = input.greens.map(({ check, evidence }) => ({
    check,
    before: evidence,
    failure: null,
  }))
  return [...red, ...green]
}

function proved(
  { repairs, patch }: Proving,
  { proof, attempts }: { proof: ProofEntry[]; attempts: number },
): Outcome {
  return { kind: 'done', outputs: { patch, repairs, proof, attempts, proved: true } }
}

function brokenOutcome(broken: readonly Broken[]): Outcome {
  const types = broken.some(({ check }) => check.invocations.some(({ tool }) => tool === 'tsc'))
  const detail = broken
    .map(({ check, after }) => `${check.name}: ${after.findings[0]?.message ?? after.outputTail}`)
    .join('\n')
  return { kind: 'failed', reason: types ? 'type-check-failed' : 'newly-broken', detail }
}
