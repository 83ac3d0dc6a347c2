import {
  accountCalled,
  fullName,
  type House,
  nodeId,
  pageUrl,
  repositoryUrl,
  time,
  timeOrNull,
} from '../house.ts'
import type { Review } from '../review.ts'
import type { Issue, Pull, Repository } from '../state.ts'
import { userAnswer } from './accounts.ts'
import { associationOf, labelsOf } from './issues.ts'
import { repositoryAnswer } from './repositories.ts'

/** What only git can say about a pull request. */
export interface PullFacts {
  readonly commits: number
  readonly additions: number
  readonly deletions: number
  readonly changedFiles: number
  /** null once it is merged. */
  readonly mergeable: boolean | null
  readonly mergeableState: 'clean' | 'dirty' | 'draft' | 'unknown' | 'behind' | 'blocked'
  /** The commit of `refs/pull/<number>/merge`; null where both sides conflict. */
  readonly mergeCommit: string | null
}

export interface PullOf {
  readonly repository: Repository
  readonly issue: Issue
  readonly pull: Pull
}

/** GitHub's `pull-request-simple`: what a list of pull requests holds. */
export function pullAnswer(house: House, of: PullOf, mergeCommit: string | null) {
  const { repository, issue, pull } = of
  const url = pullUrl(house, of)
  const page = pullPage(house, of)
  const issueUrl = `${repositoryUrl(house, repository)}/issues/${issue.number}`
  const statuses = `${repositoryUrl(house, repository)}/statuses/${pull.headSha}`
  const body = { user: userAnswer(house, issue.author), body: issue.body, title: issue.title }
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', issue.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    number: issue.number,
    state: issue.state,
    locked: false,
    ...body,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(issue.closedAt),
    merged_at: timeOrNull(pull.merged?.at ?? null),
    merge_commit_sha: pull.merged?.sha ?? mergeCommit,
    assignee: null,
    assignees: [],
    requested_reviewers: reviewersOf(house, pull),
    requested_teams: [],
    // GitHub's description knows no null here, where it does on an issue.
    labels: labelsOf(house, repository, issue).map((label) => ({
      ...label,
      description: label.description ?? '',
    })),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repositoryUrl(house, repository)}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    head: sideAnswer(house, pull.headRepository, { ref: pull.headBranch, sha: pull.headSha }),
    base: sideAnswer(house, repository, { ref: pull.baseBranch, sha: pull.baseSha }),
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issueUrl },
      comments: { href: `${issueUrl}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${repositoryUrl(house, repository)}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: associationOf(repository, issue.author),
    auto_merge: null,
    active_lock_reason: null,
  }
}

/** GitHub's `pull-request`: with what git says about it. */
export function fullPullAnswer(house: House, of: PullOf, facts: PullFacts) {
  const { issue, pull } = of
  return {
    ...pullAnswer(house, of, facts.mergeCommit),
    merged: pull.merged !== null,
    mergeable: facts.mergeable,
    rebaseable: facts.mergeable,
    mergeable_state: facts.mergeableState,
    merged_by: pull.merged === null ? null : userAnswer(house, pull.merged.by),
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: facts.commits,
    additions: facts.additions,
    deletions: facts.deletions,
    changed_files: facts.changedFiles,
  }
}

/** GitHub's `pull-request-minimal`: how checks name the pull requests of their commit. */
export function minimalPullAnswer(house: House, of: PullOf) {
  const { repository, issue, pull } = of
  const side = (at: Repository, ref: string, sha: string) => ({
    ref,
    sha,
    repo: { id: at.id, url: repositoryUrl(house, at), name: at.name },
  })
  return {
    url: pullUrl(house, of),
    id: pull.id,
    number: issue.number,
    head: side(pull.headRepository, pull.headBranch, pull.headSha),
    base: side(repository, pull.baseBranch, pull.baseSha),
  }
}

export function reviewAnswer(house: House, of: PullOf, review: Review) {
  const page = `${pullPage(house, of)}#pullrequestreview-${review.id}`
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: userAnswer(house, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pullUrl(house, of),
    author_association: associationOf(of.repository, review.author),
    _links: { html: { href: page }, pull_request: { href: pullUrl(house, of) } },
    submitted_at: time(review.submittedAt),
    commit_id: review.sha,
  }
}

export function reviewersOf(house: House, pull: Pull) {
  return [...pull.requestedReviewers].flatMap((login) => {
    const account = accountCalled(house, login)
    return account === null ? [] : [userAnswer(house, account)]
  })
}

/** The pull request an issue is the conversation of; null for a plain issue. */
export function pullOf(repository: Repository, issue: Issue): PullOf | null {
  return issue.pull === null ? null : { repository, issue, pull: issue.pull }
}

function sideAnswer(house: House, at: Repository, side: { ref: string; sha: string }) {
  return {
    label: `${at.owner.login}:${side.ref}`,
    ref: side.ref,
    sha: side.sha,
    user: userAnswer(house, at.owner),
    repo: repositoryAnswer(house, at),
  }
}

function pullUrl(house: House, { repository, issue }: PullOf): string {
  return `${house.api}/repos/${fullName(repository)}/pulls/${issue.number}`
}

export function pullPage(house: House, { repository, issue }: PullOf): string {
  return `${pageUrl(house, repository)}/pull/${issue.number}`
}
