import { z } from 'zod'

import { check, type Check } from '#domain/check.ts'
import { evidence, type Evidence } from '#domain/evidence.ts'
import { failure, type ProofEntry, repair, type Repair, setAside } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { combine, type Patch, patch } from '#domain/patch.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { newlyBrokenNote } from '#messages/fix-notes.ts'
import { rungs } from '#ports/fixer.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'

import { climb } from './climb.ts'
import type { LadderPorts } from './propose-fix.ts'
import { proveBeside } from './prove-beside.ts'
import { type Broken, introducedBy, type Proved, provedBy } from './proved-by.ts'
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

interface Proving {
  readonly input: Input
  readonly workspace: Workspace
  readonly repairs: Repair[]
  patch: Patch
}

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
  const proving: Proving = { input, workspace, repairs: [...input.repairs], patch: input.patch }
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
  for (const { check, before } of checksToProve({ input, ...proving })) {
    const after = await ports.observer.observe(workspace, check, patch)
    results.push(provedBy({ check, before, after }))
  }
  const { beside } = input
  results.push(...(await proveBeside(ports, { workspace, patch, beside })))
  for (const { name, after } of results)
    await ports.store.saveEvidence(context.runId, `proof/${name}`, after)
  return {
    proof: results.flatMap((one) => (one.kind === 'holds' ? [one.entry] : [])),
    broken: results.flatMap((one) => (one.kind === 'broken' ? [one.broken] : [])),
  }
}

function checksToProve({
  input,
  repairs,
}: Pick<Proving, 'input' | 'repairs'>): { check: Check; before: Evidence }[] {
  const repaired = new Set(repairs.map(({ check }) => check))
  const red = input.failures
    .filter(({ check }) => repaired.has(check.name))
    .map(({ check, evidence }) => ({ check, before: evidence }))
  return [...red, ...input.greens.map(({ check, evidence }) => ({ check, before: evidence }))]
}

/** A fix may leave an import out of order or a line too long: the same ladder repairs what the fix itself disturbed. */
async function mend(
  ports: LadderPorts,
  { proving, broken }: { proving: Proving; broken: readonly Broken[] },
  context: StepContext,
): Promise<void> {
  for (const { check, after, before } of broken) {
    const targets = [...introducedBy(check, before, after)]
    const climbed = await climb({
      failure: { check, evidence: after, targets, preExisting: before.findings },
      patch: proving.patch,
      workspace: proving.workspace,
      fixers: ports.fixers.filter(({ rung }) => proving.input.rungs.includes(rung)),
      observer: ports.observer,
      tidy: ports.tidy,
      snapshotsAllowed: false,
      recipes: [],
      base: null,
      ahead: () => undefined,
      note: (text) => context.note(text),
      known: [],
      // What a fix disturbed is a matter of form; judgement is asked for once.
      coder: null,
    })
    if (climbed.repair !== null) fold(proving, climbed.repair)
  }
}

/** What mended the fix belongs to the last repair: one commit, green as a whole. */
function fold(proving: Proving, mending: Repair): void {
  proving.patch = combine(proving.patch, mending.patch)
  const last = proving.repairs.pop()
  if (last === undefined) return
  proving.repairs.push({
    ...last,
    strategies: [...last.strategies, ...mending.strategies],
    descriptions: [...last.descriptions, ...mending.descriptions],
    risk: mending.risk === 'review' ? 'review' : last.risk,
    patch: combine(last.patch, mending.patch),
  })
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
