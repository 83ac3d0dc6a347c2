import { z } from 'zod'

import type { Check } from '#domain/check.ts'
import type { Acquittal, Culprit, Landed } from '#domain/culprit.ts'
import type { Evidence } from '#domain/evidence.ts'
import { failure, type Failure } from '#domain/failure.ts'
import { fingerprint } from '#domain/finding.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { acquittalDetail, culpritNote, lookNote } from '#messages/culprit.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Observer } from '#ports/workspace.ts'

import { hunt, type Looks } from './hunt.ts'
import { record } from './record.ts'
import { within, workspaceAt, type WorkspacePorts } from './workspace-at.ts'

type Ports = WorkspacePorts & {
  readonly repositories: Pick<Repositories, 'checkout' | 'landed' | 'resolve'>
  readonly observer: Observer
  readonly store: Pick<RunStore, 'saveEvidence' | 'evidence' | 'append'>
}

const input = z.strictObject({
  place,
  failures: z.array(failure),
  configuration: repositoryConfiguration.nullable(),
  /** A ref that somebody says is green; null looks for one. */
  good: z.string().nullable(),
  /** How far back it looks, in commits of the branch. */
  'look-back': z.number().int().min(2).max(5000).default(200),
  /** How often it may run the failing commands. */
  runs: z.number().int().min(4).max(500).default(60),
})
type Input = z.infer<typeof input>

/** Finds the commit that turned each check red: by bisection, proved by red on it and green on its parent, repeatedly. */
export function findCulprit(ports: Ports): StepKind<Input> {
  return {
    name: 'find-culprit',
    input,
    outputs: ['culprits', 'runs', 'commits'],
    sideEffect: 'none',
    run: (input, context) => find(ports, input, context),
  }
}

interface Found {
  readonly culprits: Culprit[]
  readonly acquitted: { readonly check: string; readonly because: Acquittal }[]
}

async function find(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { mirror, headSha } = input.place
  const goodSha = input.good === null ? null : await ports.repositories.resolve(mirror, input.good)
  if (input.good !== null && goodSha === null)
    return { kind: 'failed', reason: 'no-commit', detail: input.good }
  const landed = await ports.repositories.landed(mirror, headSha, input['look-back'])
  const line = lineFrom(landed, goodSha)
  if (line === null) return { kind: 'failed', reason: 'no-commit', detail: goodSha ?? '' }
  const found: Found = { culprits: [], acquitted: [] }
  const budget = { left: input.runs }
  const commits = new Set<string>()
  for (const failure of input.failures) {
    const looks = await looksAt(ports, { input, check: failure.check, budget }, context)
    await attribute(looks, { failure, line, knownGood: goodSha !== null }, found)
    for (const sha of looks.of.keys()) commits.add(sha)
  }
  for (const culprit of found.culprits) {
    context.note(culpritNote(culprit))
    const key = `${culprit.check}/${culprit.commit.sha}`
    await record(ports.store, { runId: context.runId, key }, { kind: 'culprit', culprit })
  }
  if (found.culprits.length === 0)
    return { kind: 'failed', reason: 'no-culprit', detail: acquittalDetail(found.acquitted) }
  const outputs = {
    culprits: found.culprits,
    runs: input.runs - budget.left,
    commits: commits.size,
  }
  return { kind: 'done', outputs }
}

/** Oldest first, from the good commit on; null where that is not an ancestor along the branch. */
function lineFrom(landed: readonly Landed[], good: string | null): readonly Landed[] | null {
  if (good === null) return landed.toReversed()
  const at = landed.findIndex(({ sha }) => sha === good)
  return at < 0 ? null : landed.slice(0, at + 1).toReversed()
}

/** One hunt per failure: two failures of one check may have two culprits. What was seen serves all of them. */
async function attribute(
  looks: Looks,
  { failure, line, knownGood }: { failure: Failure; line: readonly Landed[]; knownGood: boolean },
  found: Found,
): Promise<void> {
  const { check } = failure
  const targets = new Map(failure.targets.map((each) => [fingerprint(each), each]))
  for (const target of targets.values()) {
    const hunted = await hunt(looks, { check, target, line, knownGood })
    if (hunted.kind === 'nobody') {
      const { because } = hunted
      const known = found.acquitted.some(
        (one) => one.check === check.name && one.because === because,
      )
      if (!known) found.acquitted.push({ check: check.name, because })
      continue
    }
    const same = ({ commit, check: name }: Culprit): boolean =>
      commit.sha === hunted.culprit.commit.sha && name === check.name
    const known = found.culprits.findIndex(same)
    const before = found.culprits[known]
    if (before === undefined) found.culprits.push(hunted.culprit)
    else found.culprits[known] = { ...before, findings: [...before.findings, target] }
  }
}

/** Each look is on record under its number: a run that goes on after a crash looks at nothing twice. */
async function looksAt(
  ports: Ports,
  { input, check, budget }: { input: Input; check: Check; budget: { left: number } },
  context: StepContext,
): Promise<Looks> {
  const of = new Map<string, Evidence[]>()
  const keyOf = (sha: string, number: number): string => `look/${check.name}/${sha}/${number}`
  const kept = new Map(
    (await ports.store.evidence(context.runId)).map(({ key, evidence }) => [key, evidence]),
  )
  return {
    of,
    async look(sha, afresh) {
      const seen = of.get(sha) ?? []
      const key = keyOf(sha, seen.length + 1)
      const known = kept.get(key)
      if (known === undefined && budget.left === 0) return false
      if (known === undefined) budget.left -= 1
      const evidence = known ?? (await observe({ sha, afresh }))
      of.set(sha, [...seen, evidence])
      if (known !== undefined) return true
      await ports.store.saveEvidence(context.runId, key, evidence)
      context.note(lookNote(check.name, sha, evidence))
      return true
    },
  }

  async function observe({ sha, afresh }: { sha: string; afresh: boolean }): Promise<Evidence> {
    const opened = await workspaceAt(ports, { place: input.place, sha }, context)
    const workspace = within(opened.workspace, input.configuration)
    return afresh
      ? ports.observer.again(workspace, check, [])
      : ports.observer.observe(workspace, check, [])
  }
}
