import type { HostedRepository } from '#domain/hosted.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import type { HubRepository } from '#domain/hub-words.ts'
import {
  commentMarker,
  newsNote,
  notedNote,
  toldNote,
  withdrawnNote,
} from '#messages/hosted-notes.ts'
import { forwardWithdrawnComment, withdrawnComment, withdrawnMarker } from '#messages/rounds.ts'
import { takenBackIn } from '#policy/revertible.ts'
import type { Claims } from '#ports/claims.ts'
import type { Engine } from '#ports/engine.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { KnownProposal, Proposals } from '#ports/proposals.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { WaitingPulls } from '#ports/waiting-pulls.ts'
import { newsTopic } from '#steps/await-checks.ts'
import { sayTakenOver } from '#steps/say-taken-over.ts'

import { isGreen } from './app-hub-green.ts'

export interface NewsParts {
  readonly engine: Pick<Engine, 'signal'>
  readonly claims: Claims
  readonly repairs: Pick<Repairs, 'onBranch'>
  readonly waitingPulls: Pick<WaitingPulls, 'forBase' | 'told'>
  readonly proposals: Pick<
    Proposals,
    'onBranch' | 'numbered' | 'forBase' | 'giveUp' | 'merged' | 'takenBack'
  >
  readonly hosting: Pick<
    Hosting,
    'pullRequests' | 'branches' | 'checkRuns' | 'comments' | 'changes'
  >
}

type Of<Kind extends HubEvent['kind']> = Extract<HubEvent, { kind: Kind }>

export function hostedAs({ installationId, id, owner, name }: HubRepository): HostedRepository {
  return { installation: installationId, id, owner, name }
}

/** Somebody pushed: runs about an older commit look again, and a branch of ours that has another's commit is theirs. */
export async function onBranchPushed(
  parts: NewsParts,
  { repository, branch, after, messages, deliveryId }: Of<'branch-pushed'>,
): Promise<string> {
  const which = await takenBackBy(parts, hostedAs(repository), messages)
  const back = await parts.proposals.takenBack(repository.id, branch, which)
  for (const one of back) await withdrawForwards(parts, hostedAs(repository), one)
  const told: string[] = []
  const own = await parts.proposals.onBranch(repository.id, branch)
  if (own !== null) {
    const isTheirs = after !== null && (await parts.claims.whoWrote(after)) === null
    const of = { repository: hostedAs(repository), number: own.number, teller: deliveryId }
    if (isTheirs && own.givenUp === null)
      await sayTakenOver({ ...parts, comments: parts.hosting.comments }, of)
    told.push(...(await writerOf(parts, own)))
  }
  const under = await parts.repairs.onBranch(repository.id, branch)
  told.push(...under.filter(({ headSha }) => headSha !== after).map(({ runId }) => runId))
  return await tell(parts, told, deliveryId)
}

/**
 * A rebase makes every commit of a pull request anew, under a name that only GitHub holds against it. Twenty in one push
 * are more than people take back at once.
 */
async function takenBackBy(
  { hosting }: NewsParts,
  repository: HostedRepository,
  messages: readonly string[],
) {
  const { commits, pulls } = takenBackIn(messages)
  const asked = [...new Set(commits)].slice(0, 20)
  const brought = await Promise.all(asked.map((sha) => hosting.changes.broughtBy(repository, sha)))
  return { commits, pulls: [...pulls, ...brought.filter((number) => number !== null)] }
}

/** Whether it was merged or declined GitHub knows; the run that waits for its checks has no more to wait for. */
export async function onPullRequestClosed(
  parts: NewsParts,
  { repository, pull, merged, mergedAs, deliveryId }: Of<'pull-request-closed'>,
): Promise<string> {
  const own = await parts.proposals.onBranch(repository.id, pull.head.branch)
  if (own === null || own.number !== pull.number) return notedNote
  if (merged) await parts.proposals.merged(repository.id, own.number, mergedAs)
  else {
    await parts.proposals.giveUp(repository.id, own.number, 'closed')
    await withdrawForwards(parts, hostedAs(repository), own)
  }
  return await tell(parts, await writerOf(parts, own), deliveryId)
}

/**
 * A branch is often pushed, and looked at, before somebody opens a pull request of it: what came of that is told there.
 * A run that goes on tells it in the end itself.
 */
export async function onPullRequestOpened(
  { hosting }: Pick<NewsParts, 'hosting'>,
  { repository, pull }: Of<'pull-request-opened'>,
): Promise<string> {
  const place = hostedAs(repository)
  const said = await hosting.checkRuns.said(place, pull.head.sha)
  if (said === null || !said.isOver) return notedNote
  const body = `${commentMarker}\n${said.summary}`
  await hosting.comments.show(place, { issue: pull.number, marker: commentMarker, body })
  return toldNote(pull.number)
}

/** Who waits for the checks of a commit is woken; where a branch is green again, our fixes for it are closed. */
export async function onChecksCompleted(
  parts: NewsParts,
  { repository, head, conclusion, deliveryId }: Of<'checks-completed'>,
): Promise<string> {
  const runId = await parts.claims.whoWrote(head.sha)
  if (runId !== null) {
    const waiting = await waitingForFix(parts, repository, head.branch)
    return await tell(parts, [runId, ...waiting], deliveryId)
  }
  if (conclusion !== 'success' || head.branch === null) return notedNote
  const under = await parts.repairs.onBranch(repository.id, head.branch)
  const waiting = under.map(({ runId }) => runId)
  const open = await parts.proposals.forBase(repository.id, head.branch)
  if (open.length === 0 || !(await isGreen(parts, hostedAs(repository), head)))
    return waiting.length === 0 ? notedNote : await tell(parts, waiting, deliveryId)
  for (const one of open) {
    const body = withdrawnComment(one.base, head.sha)
    await withdraw(parts, hostedAs(repository), { one, body })
  }
  const writers = await Promise.all(open.map((one) => writerOf(parts, one)))
  await tell(parts, [...waiting, ...writers.flat()], deliveryId)
  return withdrawnNote(open.map(({ number }) => number))
}

/** Who weighs a revert of a branch hears how the fixes for it go. */
async function waitingForFix(
  { proposals, repairs }: NewsParts,
  { id }: HubRepository,
  branch: string | null,
): Promise<readonly string[]> {
  const own = branch === null ? null : await proposals.onBranch(id, branch)
  if (own === null) return []
  return (await repairs.onBranch(id, own.base)).map(({ runId }) => runId)
}

/** The change again stands behind its revert: where that is closed, or taken back itself, the change is on the branch. */
async function withdrawForwards(
  parts: NewsParts,
  repository: HostedRepository,
  { kind, branch, number }: Pick<KnownProposal, 'kind' | 'branch' | 'number'>,
): Promise<void> {
  if (kind !== 'revert') return
  const body = forwardWithdrawnComment(number)
  for (const one of await parts.proposals.forBase(repository.id, branch))
    await withdraw(parts, repository, { one, body })
}

/**
 * Said first and closed then: killed in between, it is said once all the same and closed the next time. What stands behind
 * it goes before it: with the branch it is for, GitHub would close it without a word.
 */
async function withdraw(
  parts: NewsParts,
  repository: HostedRepository,
  { one, body }: { readonly one: KnownProposal; readonly body: string },
): Promise<void> {
  const { hosting, proposals } = parts
  await withdrawForwards(parts, repository, one)
  if ((await hosting.pullRequests.look(repository, one.number)).state === 'open')
    await hosting.comments.show(repository, { issue: one.number, marker: withdrawnMarker, body })
  await hosting.pullRequests.close(repository, { number: one.number, left: one })
  await proposals.giveUp(repository.id, one.number, 'withdrawn')
}

async function writerOf(
  { claims }: NewsParts,
  { headSha }: KnownProposal,
): Promise<readonly string[]> {
  const runId = await claims.whoWrote(headSha)
  return runId === null ? [] : [runId]
}

async function tell(
  { engine }: NewsParts,
  runs: readonly string[],
  deliveryId: string,
): Promise<string> {
  const each = [...new Set(runs)]
  for (const runId of each) await engine.signal(runId, newsTopic, 'news', deliveryId)
  return newsNote(each)
}
