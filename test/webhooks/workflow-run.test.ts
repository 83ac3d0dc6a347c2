import { expect, test } from 'vitest'

import { translate } from '#webhooks/translate.ts'

const us = { appId: 4242, login: 'goalkeeper[bot]' }

/** A run that ended, started by us. */
function ended(event: string, conclusion: string, login = 'goalkeeper[bot]') {
  const payload = {
    action: 'completed',
    installation: { id: 5 },
    sender: { login, id: 7, type: 'Bot' },
    repository: { id: 11, name: 'kiosk', default_branch: 'main', owner: { login: 'octo' } },
    workflow_run: {
      id: 9,
      name: 'Deploy',
      event,
      head_sha: 'a'.repeat(40),
      head_branch: 'main',
      conclusion,
      head_repository: { id: 11 },
      pull_requests: [],
    },
  }
  const heard = translate({ id: 'd', name: 'workflow_run', us, payload })
  return heard.kind === 'events' ? heard.events.map(({ kind }) => kind) : heard.because
}

test.each([
  [
    'a deploy that we started, green',
    'workflow_dispatch',
    'success',
    us.login,
    ['deployment-reported'],
  ],
  // A deploy that failed is told by the deploy, and no repair of the branch.
  [
    'a deploy that we started, red',
    'workflow_dispatch',
    'failure',
    us.login,
    ['deployment-reported'],
  ],
  [
    'of somebody, red',
    'workflow_dispatch',
    'failure',
    'ann',
    ['deployment-reported', 'check-failed'],
  ],
  ['of a push, green', 'push', 'success', 'ann', 'not-red'],
  ['of a push, red', 'push', 'failure', 'ann', ['check-failed']],
])('a workflow run %s', (...[, event, conclusion, login, meaning]) => {
  expect(ended(event, conclusion, login)).toEqual(meaning)
})
