import { z } from 'zod'

import type { Change } from '#domain/change.ts'
import { repair, type Repair } from '#domain/failure.ts'
import type { FixFact } from '#domain/fix-fact.ts'
import type { FailureReason, Outcome } from '#domain/outcome.ts'
import { patch } from '#domain/patch.ts'
import { place, type Place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import type { Risk } from '#domain/risk.ts'
import { branchTitle, refusalDetail, riskNote, sizeDetail } from '#messages/fix-notes.ts'
import { cheatsIn } from '#policy/cheating/judge.ts'
import { judgeSize, limitsOf } from '#policy/limits.ts'
import { priorityOf } from '#policy/priority.ts'
import { riskOf } from '#policy/risk.ts'
import { outsideScope } from '#policy/scope.ts'
import { severityOf } from '#policy/severity.ts'
import { workKindOf } from '#policy/work-kind.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { record } from './record.ts'
import { workspaceAt, type WorkspacePorts } from './workspace-at.ts'

type Ports = WorkspacePorts & { readonly store: Pick<RunStore, 'append' | 'saveTask'> }

const input = z.strictObject({
  place,
  patch,
  repairs: z.array(repair),
  configuration: repositoryConfiguration.nullable(),
})
type Input = z.infer<typeof input>

/** Judges the whole change: no cheating, inside its scope and limits, and whether a human must decide. */
export function judgeFix(ports: Ports): StepKind<Input> {
  return {
    name: 'judge-fix',
    input,
    outputs: ['verdict', 'risk', 'severity', 'priority', 'title'],
    sideEffect: 'none',
    run: (input, context) => judge(ports, input, context),
  }
}

async function judge(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const at = { place: input.place, sha: input.place.headSha }
  const { workspace } = await workspaceAt(ports, at, context)
  const change: Change = input.patch.map(({ path, content }) => ({
    path,
    before: workspace.read(path, []),
    after: content,
  }))
  const refused = refusalOf(change, input)
  if (refused !== null) return refused
  const risk = riskOf(change)
  const work = workKindOf(change, { repairs: true })
  const judgement = { ...judgementOf(input, risk), work }
  await record(ports.store, { runId: context.runId, key: 'fix' }, judgement)
  await ports.store.saveTask({
    id: context.event.taskId,
    kind: work,
    title: judgement.title,
    priority: judgement.priority,
    severity: judgement.severity,
    filePaths: change.map(({ path }) => path),
  })
  for (const mark of risk.marks) context.note(riskNote(mark))
  const { severity, priority, title } = judgement
  const verdict = risk.level === 'safe' && !needsEyes(input.repairs) ? 'ship' : 'review'
  return { kind: 'done', outputs: { verdict, risk, severity, priority, title } }
}

function refusalOf(change: Change, { repairs, configuration }: Input): Outcome | null {
  const scope = {
    declared: repairs.flatMap(({ patch }) => patch.map(({ path }) => path)),
    protectedPaths: configuration?.['protected-paths'] ?? [],
    lockfiles: uses(repairs, /^(?:lockfile|dependenc)/),
  }
  const outside = outsideScope(change, scope)
  if (outside.length > 0) return failed('outside-scope', refusalDetail(outside))
  const snapshots = configuration?.snapshots === true && uses(repairs, /^snapshot/)
  const cheats = cheatsIn(change, { snapshots })
  if (cheats.length > 0) return failed('cheating', refusalDetail(cheats))
  const size = judgeSize(change, limitsOf(configuration))
  return size.kind === 'exceeded' ? failed('limits-exceeded', sizeDetail(size)) : null
}

function failed(reason: FailureReason, detail: string): Outcome {
  return { kind: 'failed', reason, detail }
}

function uses(repairs: readonly Repair[], strategy: RegExp): boolean {
  return repairs.some(({ strategies }) => strategies.some((one) => strategy.test(one)))
}

function needsEyes(repairs: readonly Repair[]): boolean {
  return repairs.some(({ risk }) => risk === 'review')
}

function judgementOf(
  { place, repairs, patch }: Input,
  risk: Risk,
): Omit<Extract<FixFact, { kind: 'judgement' }>, 'work'> {
  const findings = repairs.flatMap(({ before }) => before.findings)
  const paths = patch.map(({ path }) => path)
  const tools = findings.map(({ tool }) => tool)
  const severity = severityOf({ tools, onDefaultBranch: isDefault(place), paths })
  const priority = priorityOf(severity, paths, findings.length)
  return { kind: 'judgement', severity, priority, risk, title: branchTitle(repairs) }
}

/** Without a base of its own the head is on the default branch. */
function isDefault({ baseSha }: Place): boolean {
  return baseSha === null
}
