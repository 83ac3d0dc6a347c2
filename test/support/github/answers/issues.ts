import { type House, nodeId, pageUrl, repositoryUrl, time, timeOrNull } from '../house.ts'
import type { Account, Comment, Issue, Label, Labeling, Reaction, Repository } from '../state.ts'
import { appOrNull, userAnswer } from './accounts.ts'

/** GitHub's `issue`; a pull request's conversation is one too. */
export function issueAnswer(house: House, repository: Repository, issue: Issue) {
  const url = issueUrl(house, repository, issue)
  return {
    url,
    repository_url: repositoryUrl(house, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issuePage(house, repository, issue),
    id: issue.id,
    node_id: nodeId(issue.pull === null ? 'I' : 'PR', issue.id),
    number: issue.number,
    title: issue.title,
    user: userAnswer(house, issue.author),
    labels: labelsOf(house, repository, issue),
    state: issue.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(issue.closedAt),
    author_association: associationOf(repository, issue.author),
    active_lock_reason: null,
    ...pullPart(house, repository, issue),
    body: issue.body,
    closed_by: issue.closedBy === null ? null : userAnswer(house, issue.closedBy),
    reactions: reactionCounts(`${url}/reactions`, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: appOrNull(house, issue.app),
    state_reason: issue.stateReason,
  }
}

export function labelAnswer(house: House, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${repositoryUrl(house, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  }
}

export function labelsOf(house: House, repository: Repository, issue: Issue) {
  return [...issue.labels].flatMap((name) => {
    const label = repository.labels.get(name.toLowerCase())
    return label === undefined ? [] : [labelAnswer(house, repository, label)]
  })
}

/** GitHub's `labeled-issue-event`. */
export function labelingAnswer(house: House, repository: Repository, labeling: Labeling) {
  const { id, event, label, by, at } = labeling
  return {
    id,
    node_id: nodeId('LE', id),
    url: `${repositoryUrl(house, repository)}/issues/events/${id}`,
    actor: userAnswer(house, by),
    event,
    commit_id: null,
    commit_url: null,
    created_at: time(at),
    performed_via_github_app: null,
    label: { name: label.name, color: label.color },
  }
}

interface CommentOf {
  readonly repository: Repository
  readonly issue: Issue
  readonly comment: Comment
}

/** GitHub's `issue-comment`. */
export function commentAnswer(house: House, { repository, issue, comment }: CommentOf) {
  const url = `${repositoryUrl(house, repository)}/issues/comments/${comment.id}`
  return {
    url,
    html_url: `${issuePage(house, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: issueUrl(house, repository, issue),
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: userAnswer(house, comment.author),
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    body: comment.body,
    author_association: associationOf(repository, comment.author),
    reactions: reactionCounts(`${url}/reactions`, comment.reactions),
    performed_via_github_app: appOrNull(house, comment.app),
  }
}

export function reactionAnswer(house: House, reaction: Reaction) {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: userAnswer(house, reaction.user),
    content: reaction.content,
    created_at: time(reaction.createdAt),
  }
}

/** What somebody is to a repository. */
export function associationOf(repository: Repository, account: Account): string {
  if (repository.owner === account) return 'OWNER'
  return repository.collaborators.has(account.login.toLowerCase()) ? 'COLLABORATOR' : 'NONE'
}

function issueUrl(house: House, repository: Repository, { number }: Issue): string {
  return `${repositoryUrl(house, repository)}/issues/${number}`
}

function issuePage(house: House, repository: Repository, issue: Issue): string {
  const kind = issue.pull === null ? 'issues' : 'pull'
  return `${pageUrl(house, repository)}/${kind}/${issue.number}`
}

function pullPart(house: House, repository: Repository, issue: Issue) {
  if (issue.pull === null) return {}
  const page = issuePage(house, repository, issue)
  return {
    draft: issue.pull.draft,
    pull_request: {
      url: `${repositoryUrl(house, repository)}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: timeOrNull(issue.pull.merged?.at ?? null),
    },
  }
}

function reactionCounts(url: string, reactions: readonly Reaction[]) {
  const count = (content: string): number =>
    reactions.filter((reaction) => reaction.content === content).length
  return {
    url,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    hooray: count('hooray'),
    confused: count('confused'),
    heart: count('heart'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  }
}
