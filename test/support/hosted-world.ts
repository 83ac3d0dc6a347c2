import { noHosting } from '#adapters/github/hosting.ts'
import type { Hosted, Round } from '#domain/hosted.ts'
import type { Run } from '#domain/run.ts'
import type {
  CheckRunView,
  CommitVerdict,
  Hosting,
  NewPullRequest,
  NewReview,
  OpenedBefore,
  PullRequest,
  PullRequestHead,
} from '#ports/hosting.ts'
import type { NoticeView } from '#ports/notices.ts'
import type { OwnBranch } from '#ports/proposals.ts'
import type { StepContext } from '#ports/step.ts'

import { contextOf, memoryStore } from './fix-world.ts'

export const hosted: Hosted = {
  repository: { installation: 7, id: 11, owner: 'octo', name: 'kiosk' },
  branch: 'topic',
  headSha: 'b'.repeat(40),
  pullRequest: 5,
  isFork: false,
  failed: ['test'],
  asked: null,
  round: null,
}

/** What the first run proposed, whose own check is red. */
export const secondRound: Round = {
  number: 2,
  before: ['run_0'],
  proposal: {
    number: 9,
    url: 'https://github.example/octo/kiosk/pull/9',
    branch: 'auto-fix/1-types',
    title: 'types',
    failure: 'the first failure',
  },
  baseSha: null,
  failed: ['smoke'],
  needsHuman: false,
  isBug: false,
}

export const head = { sha: hosted.headSha, branch: 'topic', base: 'main', isFork: false }

/** The context of a run that a failed check started. */
export function hostedContext(more: Partial<Hosted> = {}, message?: StepContext['message']) {
  const { context, notes } = contextOf()
  const { kind: _kind, ...repair } = context.event
  const event = { ...repair, kind: 'checks-failed', hosted: { ...hosted, ...more } } as const
  return { context: { ...context, event, ...(message !== undefined && { message }) }, notes }
}

/** A host in memory that keeps what was shown, in order. */
export function memoryHosting(
  verdict: CommitVerdict = { kind: 'green' },
  before: readonly OpenedBefore[] = [],
  atHead: PullRequestHead | null = null,
) {
  const superseded: number[] = []
  const closed: number[] = []
  const left: (OwnBranch | null)[] = []
  const forsaken: OwnBranch[] = []
  const advanced: { number: number; body: string; labels: readonly string[] }[] = []
  const shown: CheckRunView[] = []
  const comments: { issue: number; body: string }[] = []
  const acknowledged: number[] = []
  const notices: NoticeView[] = []
  const opened: NewPullRequest[] = []
  const readied: number[] = []
  const reviews: NewReview[] = []
  const pullRequest: PullRequest = {
    number: 9,
    url: 'https://github.example/octo/kiosk/pull/9',
    state: 'open',
    headSha: 'c'.repeat(40),
    isDraft: true,
  }
  const hosting: Hosting = {
    ...noHosting(),
    checkRuns: {
      show: async (_repository, view) => void shown.push(view),
      async said(_repository, sha) {
        const own = shown.findLast(({ headSha }) => headSha === sha)
        return own ? { isOver: own.conclusion !== null, summary: own.summary } : null
      },
      // What was red when it all began still is.
      verdict: (_repository, sha) =>
        Promise.resolve(sha === hosted.headSha ? { kind: 'red', failed: ['test'] } : verdict),
    },
    ci: { state: () => Promise.resolve({ failed: [], unread: [], unfinished: [] }) },
    comments: {
      show: async (_repository, { issue, body }) => void comments.push({ issue, body }),
      acknowledge: async (_repository, { comment, issue }) =>
        void acknowledged.push(comment ?? issue),
    },
    notices: {
      show: async (_repository, view) => {
        notices.push(view)
        return view.issue ?? 70 + notices.length
      },
    },
    pullRequests: {
      async open(_repository, wanted) {
        opened.push(wanted)
        return pullRequest
      },
      look: () => Promise.resolve(pullRequest),
      advance: async (_repository, number, to) => void advanced.push({ number, ...to }),
      async close(_repository, one) {
        closed.push(one.number)
        left.push(one.left)
      },
      forsake: async (_repository, branch) => void forsaken.push(branch),
      markReady: async (_repository, number) => void readied.push(number),
      ours: () => Promise.resolve(before),
      async supersede(_repository, one) {
        superseded.push(one.number)
        left.push(one.left)
      },
      shownLines: () => Promise.resolve([{ path: 'a.ts', from: 1, to: 5 }]),
      async suggest(_repository, _number, review) {
        reviews.push(review)
        return 'suggested'
      },
      head: () => Promise.resolve({ ...head, number: 5 }),
      atHead: () => Promise.resolve(atHead),
    },
    changes: {
      broughtBy: async () => null,
      behind: () => Promise.resolve({ author: null, pull: null }),
    },
    people: { roleOf: () => Promise.resolve('write'), isInTeam: async () => false },
    branches: { tip: () => Promise.resolve(hosted.headSha) },
    issues: { read: () => Promise.resolve({ title: '', body: '', comments: [] }) },
    deploys: {
      look: () => Promise.reject(new Error('There is no such change.')),
      configuration: () => Promise.resolve(null),
      show: () => Promise.resolve(),
    },
    variables: { read: async () => null },
    protection: {
      commitOf: async () => null,
      changeAt: async () => null,
      say: async () => undefined,
    },
  }
  const heard = {
    shown,
    comments,
    notices,
    acknowledged,
    opened,
    readied,
    superseded,
    advanced,
    closed,
    left,
    forsaken,
    reviews,
  }
  return { hosting, ...heard, pullRequest }
}

/** A store with one run under way, whose audit log is what steps appended. */
export function storeOf(run: Partial<Run> = {}) {
  const { store, entries } = memoryStore()
  const known: Run = {
    id: 'run_1',
    workflow: 'auto-fix-on-github',
    repository: '/o',
    headSha: 'b'.repeat(40),
    taskId: null,
    state: 'running',
    outcome: null,
    reason: null,
    detail: null,
    startedAt: '2026-11-21T05:00:00.000Z',
    finishedAt: null,
    ...run,
  }
  return {
    ...store,
    run: () => Promise.resolve(known),
    audit: () =>
      Promise.resolve(
        entries.map(({ runId, type, data }, sequence) => ({
          runId,
          type,
          data,
          sequence,
          at: known.startedAt,
        })),
      ),
  }
}
