import type { HubEvent } from '#domain/hub-event.ts'
import type { HubPull } from '#domain/hub-words.ts'

type Of<Kind extends HubEvent['kind']> = Extract<HubEvent, { kind: Kind }>

const sha = 'b'.repeat(40)

const told = {
  deliveryId: '11111111-2222-3333-4444-555555555555',
  sender: { login: 'octocat', id: 1, type: 'user' as const },
  repository: { installationId: 7, id: 11, owner: 'octo', name: 'kiosk', defaultBranch: 'main' },
}

export function hubPull(): HubPull {
  return {
    number: 5,
    base: { branch: 'main', sha: 'a'.repeat(40), repositoryId: 11 },
    head: { branch: 'topic', sha, repositoryId: 11 },
    fork: false,
  }
}

export function checkFailed(more: Partial<Of<'check-failed'>> = {}): Of<'check-failed'> {
  return {
    kind: 'check-failed',
    ...told,
    source: 'check-run',
    conclusion: 'failure',
    head: { sha, branch: 'topic', repositoryId: 11 },
    pulls: [],
    check: { id: 3, name: 'test' },
    reporter: { id: 15368, slug: 'github-actions' },
    ...more,
  }
}

export function fixAsked(more: Partial<Of<'fix-asked'>> = {}): Of<'fix-asked'> {
  return {
    kind: 'fix-asked',
    ...told,
    by: 'comment',
    number: 5,
    onPull: true,
    open: true,
    commentId: 44,
    ...more,
  }
}

export function checksCompleted(
  more: Partial<Of<'checks-completed'>> = {},
): Of<'checks-completed'> {
  return {
    kind: 'checks-completed',
    ...told,
    source: 'check-suite',
    conclusion: 'success',
    head: { sha, branch: 'auto-fix/1-types', repositoryId: 11 },
    pulls: [],
    reporter: null,
    ...more,
  }
}

export function branchPushed(more: Partial<Of<'branch-pushed'>> = {}): Of<'branch-pushed'> {
  const branch = more.branch ?? 'main'
  return {
    kind: 'branch-pushed',
    ...told,
    ref: `refs/heads/${branch}`,
    branch,
    before: 'a'.repeat(40),
    after: 'd'.repeat(40),
    forced: false,
    pusher: 'octocat',
    messages: ['sell tea'],
    message: 'sell tea',
    ...more,
  }
}

export function deploymentReported(): Of<'deployment-reported'> {
  return { kind: 'deployment-reported', ...told, environment: 'production', sha }
}

export function pullRequestOpened(): Of<'pull-request-opened'> {
  return { kind: 'pull-request-opened', ...told, pull: hubPull() }
}

export function pullRequestClosed(
  more: Partial<Of<'pull-request-closed'>> = {},
): Of<'pull-request-closed'> {
  return {
    kind: 'pull-request-closed',
    ...told,
    pull: hubPull(),
    merged: false,
    mergedAs: null,
    mergedBy: null,
    author: null,
    ...more,
  }
}
