import { covers } from './access.ts'
import { pullOf, type PullOf } from './answers/pulls.ts'
import { branchOf, isAncestor } from './git/refs.ts'
import { type House, type Move, nextId } from './house.ts'
import { setState } from './issues.ts'
import { updatePullRefs } from './pull-facts.ts'
import type { Account, Repository } from './state.ts'
import { newSuite } from './suites.ts'
import { announcePush, announceRef } from './webhooks/announce-push.ts'
import { announcePull, announceSuite } from './webhooks/announce.ts'

export interface Pushed {
  readonly repository: Repository
  readonly by: Account
  readonly move: Move
}

/** All that follows from one ref that moved: events, pull requests that advance, suites that begin. */
export async function pushed(house: House, at: Pushed): Promise<void> {
  const { repository, by, move } = at
  const branch = branchOf(move.ref)
  repository.pushedAt = house.now()
  repository.activities.push({ id: nextId(house), ...move, at: house.now(), actor: by })
  if (move.before === null || move.after === null) announceRef(house, at)
  await announcePush(house, at)
  if (branch === null) return
  if (move.after === null) return await closeHeadless(house, at, branch)
  await advanceHeads(house, { repository, by, move, branch, after: move.after })
  await advanceBases(house, { repository, by, move, branch, after: move.after })
  await requestSuites(house, at, branch)
}

type Advance = Pushed & { readonly branch: string; readonly after: string }

/** Open pull requests from this branch now stand at its new commit. */
async function advanceHeads(house: House, at: Advance): Promise<void> {
  for (const of of openPulls(house)) {
    const { pull, issue } = of
    if (pull.headRepository !== at.repository || pull.headBranch !== at.branch) continue
    const before = pull.headSha
    pull.headSha = at.after
    issue.updatedAt = house.now()
    await updatePullRefs(of)
    const also = { before, after: at.after }
    await announcePull(house, { of, action: 'synchronize', sender: at.by, also })
  }
}

/** Open pull requests into this branch meet what it is now; those it contains are merged by that. */
async function advanceBases(house: House, at: Advance): Promise<void> {
  for (const of of openPulls(house)) {
    const { repository, pull, issue } = of
    if (repository !== at.repository || pull.baseBranch !== at.branch) continue
    await updatePullRefs(of)
    if (!(await isAncestor(repository.directory, pull.headSha, at.after))) continue
    pull.baseSha = at.move.before ?? pull.baseSha
    pull.merged = { at: house.now(), by: at.by, sha: at.after }
    await setState(house, { repository, issue, by: at.by, state: 'closed' })
  }
}

/** A pull request whose branch is gone is closed. */
async function closeHeadless(
  house: House,
  { repository, by }: Pushed,
  branch: string,
): Promise<void> {
  for (const of of openPulls(house)) {
    if (of.pull.headRepository !== repository || of.pull.headBranch !== branch) continue
    await setState(house, { repository: of.repository, issue: of.issue, by, state: 'closed' })
  }
}

/** GitHub opens a suite for every app that may write checks. */
async function requestSuites(house: House, at: Pushed, branch: string): Promise<void> {
  const { repository, by, move } = at
  if (move.after === null) return
  for (const { app, permissions, ...installation } of house.state.installations.values()) {
    if (permissions['checks'] !== 'write') continue
    if (!covers({ app, permissions, ...installation }, repository)) continue
    if (repository.checks.suites.some((one) => one.app === app && one.headSha === move.after))
      continue
    const made = { app, headSha: move.after, headBranch: branch, before: move.before }
    const suite = newSuite(house, repository, made)
    await announceSuite(house, { repository, suite, action: 'requested', sender: by })
  }
}

export function openPulls({ state }: House): readonly PullOf[] {
  return [...state.repositories.values()]
    .flatMap(pullsOf)
    .filter(({ issue }) => issue.state === 'open')
}

export function pullsOf(repository: Repository): readonly PullOf[] {
  return repository.issues.flatMap((issue) => pullOf(repository, issue) ?? [])
}
