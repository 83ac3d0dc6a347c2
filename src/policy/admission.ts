import type { AdmissionReason } from '#domain/admission.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import { ownBranches } from '#domain/own-branch.ts'

type CheckFailed = Extract<HubEvent, { kind: 'check-failed' }>

/** A branch to repair at a commit. */
export interface Target {
  readonly branch: string
  readonly sha: string
  /** The base of its pull request; null for a branch without one. */
  readonly base: string | null
  readonly pullRequest: number | null
  readonly isFork: boolean
}

export type Admission =
  | { readonly kind: 'repair'; readonly target: Target }
  | { readonly kind: 'ignored'; readonly because: AdmissionReason }

/** What a run is about, so that one is started for it: a commit of a branch, by whom it was asked for. */
export function claimKey(
  repository: number,
  { branch, sha, by }: Pick<Target, 'branch' | 'sha'> & { readonly by: string },
): string {
  return `${repository} ${branch} ${sha} ${by}`
}

/** What we know besides the event. */
interface Known {
  /** The open pull request whose head is this commit, where the event names none: GitHub leaves out those of forks. */
  readonly pull: Pull | null
}

interface Pull {
  readonly number: number
  readonly branch: string
  readonly base: string
  readonly isFork: boolean
}

/** Whether a red check is to be looked at, and which branch a fix would be for (I14: never one of our own). */
export function admit({ repository, head, pulls }: CheckFailed, { pull }: Known): Admission {
  const isElsewhere = head.repositoryId !== null && head.repositoryId !== repository.id
  // A fork has a `main` too: without a pull request its branch is none of ours.
  const branch = isElsewhere ? null : head.branch
  const target = targetOf({ ...head, branch }, pullOf(pulls, head.sha) ?? pull)
  if (target === null) return { kind: 'ignored', because: 'head-unknown' }
  if (!target.isFork && target.branch.startsWith(ownBranches))
    return { kind: 'ignored', because: 'own-branch' }
  return { kind: 'repair', target }
}

function targetOf({ sha, branch }: CheckFailed['head'], pull: Pull | null): Target | null {
  if (pull !== null) {
    const { number: pullRequest, ...rest } = pull
    return { ...rest, sha, pullRequest }
  }
  return branch === null ? null : { branch, sha, base: null, pullRequest: null, isFork: false }
}

function pullOf(pulls: CheckFailed['pulls'], sha: string): Pull | null {
  const found = pulls.find(({ head }) => head.sha === sha)
  if (found === undefined) return null
  const { number, head, base, fork: isFork } = found
  return { number, branch: head.branch, base: base.branch, isFork }
}

/** Roles that may label an issue by GitHub's own rules, and so may ask by a word too. */
const mayAskRoles: ReadonlySet<string> = new Set(['triage', 'write', 'maintain', 'admin'])

/** Whose words on an issue a model gets to see (autofix.md 6): only who could push the same change anyway. */
export function isHeard(role: string): boolean {
  return role !== 'triage' && mayAskRoles.has(role)
}

export function mayAsk(role: string): boolean {
  return mayAskRoles.has(role)
}
