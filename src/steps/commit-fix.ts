import { z } from 'zod'

import { proofEntry, repair, type Repair } from '#domain/failure.ts'
import type { FailureReason, Outcome } from '#domain/outcome.ts'
import { place, type Place } from '#domain/place.ts'
import { severity } from '#domain/severity.ts'
import { describedIssue } from '#messages/bug.ts'
import { commitMessage } from '#messages/commit.ts'
import { committedNote, deliveredNote, repairTitle } from '#messages/fix-notes.ts'
import { branchFor } from '#policy/branch.ts'
import { allowed } from '#policy/mode.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { Commit, Written } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { laterRoundOf } from './hosted-run.ts'
import { type FactStore, record } from './record.ts'

interface Ports {
  readonly repositories: Pick<Publishing['repositories'], 'commit' | 'deliver'>
  readonly store: FactStore
}

const input = z.strictObject({
  place,
  repairs: z.array(repair),
  proof: z.array(proofEntry),
  severity,
  title: z.string(),
  /** False in a dry run: the commit is made in the mirror and goes nowhere; so it is in shadow mode. */
  publish: z.boolean(),
})
type Input = z.infer<typeof input>

/** Writes one commit per repair on a branch of its own, and brings the branch into the user's repository. */
export function commitFix(ports: Ports): StepKind<Input> {
  return {
    name: 'commit-fix',
    input,
    outputs: ['branch', 'head', 'commits', 'delivered'],
    sideEffect: 'repo',
    run: (input, context) => commit(ports, input, context),
  }
}

async function commit(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const round = laterRoundOf(context)
  const branch = round?.proposal.branch ?? branchFor(shortTask(context.event.taskId), input.title)
  const commits: { sha: string; check: string }[] = []
  let parent = input.place.headSha
  for (const repair of input.repairs) {
    // Repaired by the repairs before it: there is nothing of its own to commit.
    if (repair.patch.length === 0) continue
    const written = await ports.repositories.commit(
      commitOf(input, { repair, parent, branch }, context),
    )
    if (written.kind === 'refused') return refused(written)
    parent = written.sha
    const made = { sha: written.sha, check: repair.check }
    commits.push(made)
    const key = { runId: context.runId, key: repair.check }
    await record(ports.store, key, { kind: 'commit', ...made, branch })
    context.note(committedNote(written.sha, repair.check))
  }
  const delivered = commits.length > 0 && mayBePublished(input)
  const refusal = delivered ? await deliver(ports, input, { branch, context }) : null
  if (refusal !== null) return refusal
  const head = commits.length === 0 ? null : parent
  return { kind: 'done', outputs: { branch, head, commits, delivered } }
}

/** Refused where somebody pushed there between our look and our push. */
async function deliver(
  { repositories, store }: Ports,
  { place }: Input,
  { branch, context }: { readonly branch: string; readonly context: StepContext },
): Promise<Outcome | null> {
  const isLaterRound = laterRoundOf(context) !== null
  const from = isLaterRound ? place.headSha : null
  const { signal: stop } = context
  const how = await repositories.deliver(place.mirror, branch, { from, stop })
  if (how === 'withheld') return null
  if (how === 'moved') {
    const reason = isLaterRound ? 'taken-over' : 'head-moved'
    return { kind: 'failed', reason, detail: branch }
  }
  context.note(deliveredNote(branch))
  await record(store, { runId: context.runId, key: branch }, { kind: 'delivered', branch })
  return null
}

/** A branch goes out whole, so the strictest mode among its repairs decides. */
function mayBePublished({ repairs, publish }: Input): boolean {
  return repairs.every(({ mode }) => allowed(mode, !publish).publish !== 'nothing')
}

function commitOf(
  input: Input,
  { repair, parent, branch }: { repair: Repair; parent: string; branch: string },
  context: StepContext,
): Commit {
  const { place, severity } = input
  return {
    mirror: place.mirror,
    branch,
    parent,
    isOnTop: parent === place.headSha && laterRoundOf(context) !== null,
    patch: repair.patch,
    at: context.startedAt,
    message: commitMessage({
      title: repairTitle(repair),
      issue: issueOf(repair, place),
      rootCause: repair.rootCauses.join('; '),
      fix: repair.descriptions.join('; '),
      impact: repair.patch.map(({ path }) => path),
      testing: testingOf(input, repair),
      taskId: context.event.taskId,
      runId: context.runId,
      severity,
      reverts: repair.reverts ?? null,
    }),
  }
}

/** Of all that was red the first thing in a file that the repair changed: what others repaired is told with them. */
function issueOf({ check, before, describedIn, patch }: Repair, { headSha }: Place): string {
  if (describedIn !== undefined) return describedIssue(describedIn, headSha)
  const changed = new Set(patch.map(({ path }) => path))
  const inChanged = before.findings.find(({ file }) => file !== null && changed.has(file))
  const first = inChanged ?? before.findings[0]
  const where = first?.file
    ? ` (${first.file}${first.line ? `:${first.line}` : ''}: ${first.message})`
    : ''
  return `${check} failed on ${headSha.slice(0, 12)}${where}`
}

/**
 * What was measured on the tree of this very commit (K24): its own check; and on the last one, whose tree was proved
 * as a whole, everything that was run there and is green.
 */
function testingOf({ proof, repairs }: Input, { check, before, after }: Repair) {
  const isLast = repairs.findLast((one) => one.patch.length > 0)?.check === check
  if (!isLast) return [{ before, after }]
  const own = proof.find((entry) => entry.check === check)
  const others = proof.filter((entry) => entry.check !== check && entry.verdict !== 'pre-existing')
  return [own ?? { before, after }, ...others].map((one) => ({
    before: one.before,
    after: one.after,
  }))
}

/** The last eight characters of the id: the first ones of a UUIDv7 are the time, and equal for neighbours. */
function shortTask(taskId: string): string {
  return taskId.slice(-8)
}

function refused(written: Extract<Written, { kind: 'refused' }>): Outcome {
  const reason: FailureReason = written.because
  return { kind: 'failed', reason, detail: written.detail }
}
