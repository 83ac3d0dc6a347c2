import { labelAnswer } from './answers/issues.ts'
import { pullOf } from './answers/pulls.ts'
import { type House, nextId } from './house.ts'
import type { Account, App, Comment, Issue, Label, Labeling, Pull, Repository } from './state.ts'
import { announcePull, announceIssue } from './webhooks/announce.ts'

interface NewIssue {
  readonly author: Account
  readonly app: App | null
  readonly title: string
  readonly body: string | null
  readonly pull: Pull | null
}

/** The next number of a repository: issues and pull requests count together. */
export function newIssue(house: House, repository: Repository, of: NewIssue): Issue {
  const now = house.now()
  const issue: Issue = {
    id: nextId(house),
    number: repository.issues.length + 1,
    ...of,
    createdAt: now,
    updatedAt: now,
    state: 'open',
    stateReason: null,
    closedAt: null,
    closedBy: null,
    labels: new Set(),
    labelings: [],
    comments: [],
    reactions: [],
  }
  repository.issues.push(issue)
  return issue
}

export function newComment(
  house: House,
  issue: Issue,
  of: Pick<Comment, 'author' | 'app' | 'body'>,
): Comment {
  const now = house.now()
  const comment = { id: nextId(house), ...of, createdAt: now, updatedAt: now, reactions: [] }
  issue.comments.push(comment)
  issue.updatedAt = now
  return comment
}

interface Change {
  readonly repository: Repository
  readonly issue: Issue
  readonly by: Account
  readonly action: string
  readonly also?: Readonly<Record<string, unknown>>
}

/** Tells of a change as an issue's or as a pull request's, whichever it is. */
export async function announceChange(house: House, at: Change): Promise<void> {
  const { repository, issue, by, action, also = {} } = at
  issue.updatedAt = house.now()
  const of = pullOf(repository, issue)
  const sender = by
  if (of === null) announceIssue(house, { repository, issue, action, sender, also })
  else await announcePull(house, { of, action, sender, also })
}

/** Adds labels, making those that are not there yet; tells of each new one. */
export async function addLabels(
  house: House,
  at: Omit<Change, 'action'> & { readonly names: readonly string[] },
): Promise<void> {
  const { repository, issue } = at
  for (const name of at.names) {
    const label = labelCalled(house, repository, name)
    if (issue.labels.has(label.name)) continue
    issue.labels.add(label.name)
    keep(house, at, { event: 'labeled', label })
    const also = { label: labelAnswer(house, repository, label) }
    await announceChange(house, { ...at, action: 'labeled', also })
  }
}

/** Takes a label off; false where it was not there. */
export async function removeLabel(
  house: House,
  at: Omit<Change, 'action'> & { readonly name: string },
): Promise<boolean> {
  const label = at.repository.labels.get(at.name.toLowerCase())
  if (label === undefined || !at.issue.labels.delete(label.name)) return false
  keep(house, at, { event: 'unlabeled', label })
  const also = { label: labelAnswer(house, at.repository, label) }
  await announceChange(house, { ...at, action: 'unlabeled', also })
  return true
}

function keep(
  house: House,
  { issue, by }: Pick<Change, 'issue' | 'by'>,
  of: Pick<Labeling, 'event' | 'label'>,
): void {
  issue.labelings.push({ id: nextId(house), ...of, by, at: house.now() })
}

/** The label of this name; made as GitHub makes one that nobody described. */
function labelCalled(house: House, { labels }: Repository, name: string): Label {
  const known = labels.get(name.toLowerCase())
  if (known !== undefined) return known
  const made = { id: nextId(house), name, color: 'ededed', description: null }
  labels.set(name.toLowerCase(), made)
  return made
}

/** Opens or closes; tells of it where that changed something. */
export async function setState(
  house: House,
  at: Omit<Change, 'action'> & {
    readonly state: 'open' | 'closed'
    readonly reason?: Issue['stateReason']
  },
): Promise<void> {
  const { issue, state, by } = at
  if (issue.state === state) return
  issue.state = state
  issue.closedAt = state === 'closed' ? house.now() : null
  issue.closedBy = state === 'closed' ? by : null
  if (issue.pull === null)
    issue.stateReason = state === 'closed' ? (at.reason ?? 'completed') : 'reopened'
  await announceChange(house, { ...at, action: state === 'closed' ? 'closed' : 'reopened' })
}
