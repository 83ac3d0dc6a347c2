import { z } from 'zod'

import { culprit, type Culprit, type KeptCulprit } from '#domain/culprit.ts'
import type { Outcome } from '#domain/outcome.ts'
import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { keepingDetail } from '#messages/culprit.ts'
import { mayWrite, objectionToPropose } from '#policy/revertible.ts'
import type { Change, Changes } from '#ports/changes.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { hostedOf } from './hosted-run.ts'
import { type FactStore, record } from './record.ts'

interface Ports {
  readonly changes: Pick<Changes, 'behind'>
  readonly culprits: Pick<Culprits, 'proposedBefore' | 'proposedSince'>
  readonly clock: Clock
  readonly store: FactStore
}

const input = z.strictObject({
  culprits: z.array(culprit),
  configuration: repositoryConfiguration.nullable(),
  /** Asked again after a while, when what takes all of them back is made: then one that has to stay stops it. */
  'all-or-none': z.boolean().default(false),
})
type Input = z.infer<typeof input>

const vetoLabel = 'no-auto-revert'
const dayMs = 86_400_000
const defaults = repositoryConfiguration.parse({}).culprit

/** Asks GitHub and our own record which of the proved culprits may be proposed to be taken back; the rest is on record. */
export function weighCulprits(ports: Ports): StepKind<Input> {
  return {
    name: 'weigh-culprits',
    input,
    outputs: ['culprits', 'deaf', 'kept', 'pulls', 'sensitive', 'patience', 'publish', 'most'],
    sideEffect: 'none',
    run: (input, context) => weigh(ports, input, context),
  }
}

async function weigh(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const rules = input.configuration?.culprit ?? defaults
  const may: Culprit[] = []
  const kept: KeptCulprit[] = []
  const deaf: string[] = []
  const pulls: NonNullable<Change['pull']>[] = []
  const commits = new Map(input.culprits.map(({ commit }) => [commit.sha, commit]))
  for (const { sha, at } of commits.values()) {
    const { because, isDeaf, pull } = await judge(ports, { sha, at, rules }, context)
    if (isDeaf) deaf.push(sha)
    if (pull !== null) pulls.push(pull)
    if (because === null) may.push(...input.culprits.filter(({ commit }) => commit.sha === sha))
    else kept.push(await keep(ports, { sha, because, paths: [] }, context))
  }
  if (may.length === 0 || (input['all-or-none'] && kept.length > 0))
    return { kind: 'failed', reason: 'not-revertible', detail: keepingDetail(kept) }
  // What repairs security may be turned against us by making it red (autofix.md 6.20).
  const labels = pulls.flatMap((pull) => pull.labels)
  const told = {
    deaf,
    patience: rules['fix-forward-minutes'],
    publish: rules.mode === 'propose',
    most: rules['ready-a-day'],
    pulls: pulls.map(({ number }) => number),
    sensitive: labels.some(({ name }) => /security/i.test(name)),
    kept: keepingDetail(kept),
  }
  return { kind: 'done', outputs: { culprits: may, ...told } }
}

interface Judged {
  readonly sha: string
  readonly at: string
  readonly rules: typeof defaults
}

async function judge(
  { changes, culprits, clock }: Ports,
  { sha, at, rules }: Judged,
  { event, runId }: StepContext,
) {
  const { repository } = hostedOf({ event })
  const { author, pull } = await changes.behind(repository, sha)
  const vetoes = (pull?.labels ?? []).filter(({ name }) => name === vetoLabel)
  const now = clock.now()
  const of = { repository: repository.id, runId }
  const authors = [author, pull?.author].flatMap((who) => who?.login ?? [])
  const because = objectionToPropose(
    {
      landedAt: new Date(at),
      authors,
      vetoes: vetoes.map(({ role }) => role),
      isProposedBefore: await culprits.proposedBefore({ ...of, sha }),
      proposedToday: await culprits.proposedSince(of, new Date(now.getTime() - dayMs)),
    },
    {
      now,
      ageHours: rules['age-hours'],
      revertsADay: rules['reverts-a-day'],
      protectedAuthors: rules['protected-authors'],
    },
  )
  // Whoever pushed to the branch could write. The address in a commit proves nobody: a pull request's author is known.
  return { because, pull, isDeaf: pull !== null && !mayWrite(pull.author?.role ?? 'none') }
}

async function keep(
  { store }: Ports,
  kept: KeptCulprit,
  { runId }: StepContext,
): Promise<KeptCulprit> {
  await record(store, { runId, key: kept.sha }, { kind: 'culprit-kept', kept })
  return kept
}
