import type { Event } from '#domain/event.ts'
import type { Claims } from '#ports/claims.ts'
import type { PullRequestHead } from '#ports/hosting.ts'
import type { NewDelivery } from '#ports/inbox.ts'
import { translate } from '#webhooks/translate.ts'

import { handled } from '../../src/app-handlers.ts'
import { hubHandlers } from '../../src/app-hub.ts'
import { checkRun, inRepository, told } from './history.ts'
import { memoryHosting } from './hosted-world.ts'
import { memoryLedger } from './ledger-world.ts'

const us = { appId: 99, login: 'keeper[bot]' }
export const sha = 'b'.repeat(40)
export const at = inRepository(11)

type Payload = Readonly<Record<string, unknown>>

interface Host {
  /** What GitHub says of whoever asks. */
  readonly role?: string
  /** The open pull request of a commit, as GitHub tells. */
  readonly atHead?: PullRequestHead
  readonly claims?: Claims
}

/** The way from a delivery whose signature is right to the engine: what it starts, and nothing behind it. */
export function hubHouse({ role = 'read', atHead, claims }: Host) {
  const started = new Map<string, Event>()
  const { hosting } = memoryHosting()
  const { ledger, taken, passedOn, ended, saved, givenUp } = memoryLedger()
  const parts = {
    ...ledger,
    ...(claims && { claims }),
    engine: {
      start: async (id: string, _workflow: string, event: Event) =>
        void started.set(id, started.get(id) ?? event),
      signal: () => Promise.resolve(),
      cancel: () => Promise.resolve(),
    },
    hosting: {
      ...hosting,
      pullRequests: {
        ...hosting.pullRequests,
        atHead: (_repository: unknown, commit: string) =>
          Promise.resolve(commit === atHead?.sha ? atHead : null),
      },
      people: { roleOf: () => Promise.resolve(role), isInTeam: async () => false },
    },
    startedBy: () => ['auto-fix-on-github'],
    stops: { of: async () => null },
    enabled: true,
    shadow: false,
    coder: false,
    webUrl: 'https://github.example',
  }
  const handlers = hubHandlers(parts)
  /** The words it ends with. */
  const handle = async ({ id, name, payload }: NewDelivery): Promise<string> => {
    const heard = translate({ id, name, us, payload: JSON.parse(payload) })
    if (heard.kind === 'ignored') return heard.because
    const words: string[] = []
    for (const event of heard.events) words.push(await handled(event, handlers))
    return words.join()
  }
  /** What was written of repairs and proposals. */
  const written = () => [...taken, ...passedOn, ...ended, ...saved, ...givenUp]
  return { handle, started: () => [...started.values()], written }
}

/** A red check, with what an attacker would like to be in it. */
export function redCheck(of: Payload = {}, more: Payload = {}): NewDelivery {
  const { head_sha = sha, head_branch = 'topic', ...rest } = of
  const head = { head_sha: String(head_sha), head_branch: String(head_branch) }
  const check_run = { ...checkRun(head, 'failure', []), ...rest }
  return told('check_run', { ...at, ...more }, { action: 'completed', check_run })
}

/** A workflow that ended red on the commit of a repository, as its branch is called there. */
export function redWorkflow(head_branch: string, repository: number): NewDelivery {
  const workflow_run = {
    id: 5,
    name: 'CI',
    head_sha: sha,
    head_branch,
    conclusion: 'failure',
    head_repository: { id: repository },
    pull_requests: [],
  }
  return told('workflow_run', at, { action: 'completed', workflow_run })
}

export function comment(body: string, more: Payload = {}): NewDelivery {
  const issue = { number: 12, state: 'open', pull_request: {} }
  const own = {
    action: 'created',
    issue,
    comment: { id: 44, body, created_at: '2026-11-20T05:00:00Z' },
  }
  return told('issue_comment', { ...at, ...more }, own)
}

export function label(more: Payload, issue: Payload = { number: 9, state: 'open' }): NewDelivery {
  const own = { action: 'labeled', label: { name: 'auto-fix' }, issue }
  return told('issues', { ...at, ...more }, own)
}

export function by(login: string, type = 'User', more: Payload = {}): Payload {
  return { sender: { login, id: 6, type, ...more } }
}

export function owned(owner: unknown, name: unknown, id: unknown = 11): Payload {
  return { repository: { id, name, default_branch: 'main', owner: { login: owner } } }
}

/** What is so deep that only a program without recursion reads it. */
export function deepened({ id, name, payload }: NewDelivery, depth: number): NewDelivery {
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
  return { id, name, payload: payload.replace(/"login":"maria"/, `"login":${deep}`) }
}
