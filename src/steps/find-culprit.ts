import { z } from 'zod'

import type { Acquittal, Culprit, Landed } from '#domain/culprit.ts'
import { failure, type Failure } from '#domain/failure.ts'
import { fingerprint } from '#domain/finding.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place } from '#domain/place.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { acquittalDetail, culpritNote, elsewhereDetail } from '#messages/culprit.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hunt, type Looks } from './hunt.ts'
import { looksAt, type LookingPorts } from './looks.ts'
import { record } from './record.ts'

type Ports = LookingPorts & {
  readonly repositories: Pick<Repositories, 'checkout' | 'landed' | 'resolve'>
  readonly store: Pick<RunStore, 'append'>
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
  if (line === null) {
    const detail = elsewhereDetail(goodSha ?? '', input['look-back'])
    return { kind: 'failed', reason: 'no-culprit', detail }
  }
  const found: Found = { culprits: [], acquitted: [] }
  const budget = { left: input.runs }
  const commits = new Set<string>()
  for (const failure of input.failures) {
    const looks = await looksAt(ports, { ...input, check: failure.check, line, budget }, context)
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
