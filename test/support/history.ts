import { randomUUID } from 'node:crypto'

import type { NewDelivery } from '#ports/inbox.ts'

/** A repository's afternoon as GitHub tells it: three red commits, many words about each, and much that is none of our business. */
export function afternoon(repository: number): readonly NewDelivery[] {
  const at = inRepository(repository)
  const [first, second, third] = ['a', 'b', 'c'].map((letter) => letter.repeat(40))
  const topic = pull(repository, second ?? '')
  return [
    ...failure(at, { ...of(first), pulls: [] }),
    ...failure(at, { ...of(second, 'topic'), pulls: [] }),
    // The same commit again, now that its pull request is open.
    ...failure(at, { ...of(second, 'topic'), pulls: [topic] }),
    ...failure(at, { ...of(third, 'auto-fix/1-types'), pulls: [] }),
    ...asking(at),
    told('check_run', at, { action: 'completed', check_run: checkRun(of(first), 'success', []) }),
    told('push', at, push(first ?? '')),
    told('star', at, { action: 'created' }),
    told('issues', { ...at, sender: ours }, labelled('auto-fix', 8)),
  ]
}

function of(sha = '', branch = 'main'): Red {
  return { head_sha: sha, head_branch: branch }
}

type Payload = Readonly<Record<string, unknown>>

const maria = { login: 'maria', id: 5, type: 'User' }
const ours = { login: 'keeper[bot]', id: 77, type: 'Bot' }

export function inRepository(id: number): Payload {
  const owner = { login: 'acme' }
  return {
    sender: maria,
    installation: { id: 7 },
    repository: { id, name: 'kiosk', default_branch: 'main', owner },
  }
}

export function told(name: string, at: Payload, own: Payload): NewDelivery {
  return { id: randomUUID(), name, payload: JSON.stringify({ ...at, ...own }) }
}

interface Red {
  readonly head_sha: string
  readonly head_branch: string | null
}

/** GitHub tells of one failure three times. */
function failure(at: Payload, { pulls, ...head }: Red & { readonly pulls: readonly Payload[] }) {
  const app = { id: 15_368, slug: 'github-actions', name: 'GitHub Actions' }
  const ended = { ...head, id: 3, conclusion: 'failure', pull_requests: pulls }
  return [
    told('check_run', at, {
      action: 'completed',
      check_run: checkRun(head, 'failure', pulls),
    }),
    told('check_suite', at, { action: 'completed', check_suite: { ...ended, app } }),
    told('workflow_run', at, {
      action: 'completed',
      workflow_run: { ...ended, name: 'ci', head_repository: { id: 11 } },
    }),
  ]
}

export function checkRun(
  { head_sha, head_branch }: Red,
  conclusion: string,
  pull_requests: readonly Payload[],
) {
  const app = { id: 15_368, slug: 'github-actions', name: 'GitHub Actions' }
  return {
    id: 4,
    name: 'test',
    head_sha,
    conclusion,
    check_suite: { head_branch },
    app,
    pull_requests,
  }
}

function pull(repository: number, sha: string): Payload {
  const repo = { id: repository }
  return {
    number: 12,
    head: { ref: 'topic', sha, repo },
    base: { ref: 'main', sha: 'd'.repeat(40), repo },
  }
}

/** A label and two comments on the same pull request, one of them edited afterwards. */
function asking(at: Payload): readonly NewDelivery[] {
  const issue = { number: 12, state: 'open', pull_request: {} }
  const comment = (id: number, body: string) => ({
    issue,
    comment: { id, body, created_at: '2026-11-20T05:00:00Z' },
  })
  return [
    told('issue_comment', at, { action: 'created', ...comment(44, '/auto-fix') }),
    told('issue_comment', at, { action: 'edited', ...comment(44, '/auto-fix please') }),
    told('issue_comment', at, { action: 'created', ...comment(45, 'what is /auto-fix?') }),
    told('issues', at, labelled('auto-fix', 9)),
    told('issues', at, labelled('bug', 9)),
  ]
}

function labelled(name: string, number: number): Payload {
  return { action: 'labeled', label: { name }, issue: { number, state: 'open' } }
}

function push(after: string): Payload {
  const ref = 'refs/heads/main'
  const head_commit = { id: after, message: 'sell tea' }
  return {
    ref,
    before: 'e'.repeat(40),
    after,
    forced: false,
    pusher: { name: 'maria' },
    head_commit,
  }
}
