import { z } from 'zod'

import { landingNews, type LandingNews, landingType } from '#domain/landing.ts'
import { json, type Outcome } from '#domain/outcome.ts'
import { landingComment, landingLine, landingMarker } from '#messages/land-revert.ts'
import { type Landing, landingOf } from '#policy/land-revert.ts'
import type { CheckRuns, Comments, PullRequestWrites } from '#ports/hosting.ts'
import type { Landings } from '#ports/landings.ts'
import type { Stops } from '#ports/restraints.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { newsTopic } from './await-checks.ts'
import { after, deployOf } from './deploy-run.ts'

interface Ports {
  readonly landings: Landings
  readonly pullRequests: Pick<PullRequestWrites, 'markReady'>
  readonly checkRuns: Pick<CheckRuns, 'verdict'>
  readonly comments: Pick<Comments, 'show'>
  readonly stops: Stops
  readonly store: Pick<RunStore, 'append' | 'audit'>
  readonly clock: Clock
}

const input = z.strictObject({
  number: z.number().int().positive(),
  /** The commit that takes the deploy back, as we wrote it. */
  head: z.string(),
  'patience-minutes': z.number().positive().default(720),
  'poll-seconds': z.number().positive().default(60),
})
type Input = z.infer<typeof input>

/** Merges the revert of a deploy as the commit whose checks are green, where its branch takes it; else it waits, and says for what. */
export function landRevert(ports: Ports): StepKind<Input> {
  return {
    name: 'land-revert',
    input,
    outputs: ['because'],
    sideEffect: 'external',
    run: (input, context) => land(ports, input, context),
  }
}

async function land(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { number, head } = input
  const { repository } = deployOf(context)
  const stopped = await ports.stops.of(repository)
  const pull = await ports.landings.look(repository, number)
  const { kind: verdict } = await ports.checkRuns.verdict(repository, head)
  const news = await follow(ports, input, {
    context,
    landing: landingOf({ pull, head, verdict, stopped }),
  })
  if (news === null) return wait(1)
  const isOver = ends.has(news.because)
  const isLate =
    ports.clock.now() >= after(new Date(context.startedAt), input['patience-minutes'] * 60)
  const told = isOver || !isLate ? news : { because: 'given-up' as const, detail: null }
  await tell(ports, input, { context, told })
  if (isOver || isLate) return { kind: 'done', outputs: { because: told.because } }
  return wait(input['poll-seconds'])
}

const ends: ReadonlySet<LandingNews['because']> = new Set<LandingNews['because']>([
  'merged',
  'closed',
  'head-moved',
])

/** Does what may be done now. Null: it has to be looked at again at once. */
async function follow(
  { pullRequests, landings }: Ports,
  { number, head }: Input,
  { context, landing }: { readonly context: StepContext; readonly landing: Landing },
): Promise<LandingNews | null> {
  const { repository } = deployOf(context)
  switch (landing.kind) {
    case 'ended':
    case 'waits':
      return { because: landing.because, detail: null }
    case 'make-ready':
      await pullRequests.markReady(repository, number)
      return null
    case 'merge': {
      const merged = await landings.merge(repository, number, head)
      if (merged.kind === 'merged') return { because: 'merged', detail: null }
      return { because: 'refused', detail: merged.detail }
    }
    default:
      return landing satisfies never
  }
}

/** Once for each thing that is new; the comment has the newest. */
async function tell(
  { store, comments }: Ports,
  { number }: Input,
  { context, told }: { readonly context: StepContext; readonly told: LandingNews },
): Promise<void> {
  const { runId } = context
  const before = (await store.audit(runId)).filter(({ type }) => type === landingType)
  const last = landingNews.safeParse(before.at(-1)?.data).data
  if (last?.because === told.because && last.detail === told.detail) return
  const at = { issue: number, marker: landingMarker, body: landingComment(told) }
  await comments.show(deployOf(context).repository, at)
  context.note(landingLine(told))
  const key = `landing/${before.length}`
  await store.append({ runId, key, type: landingType, data: json.parse(told) })
}

function wait(seconds: number): Outcome {
  return { kind: 'wait', topic: newsTopic, timeoutMs: seconds * 1000, resumes: true }
}
