import { describe, expect, test } from 'vitest'

import { translate } from '#webhooks/translate.ts'

const sha = 'a'.repeat(40)
const older = 'b'.repeat(40)
const us = { appId: 4242, login: 'goalkeeper[bot]' }

function status(state: string, branches: readonly (readonly [name: string, tip: string])[]) {
  const payload = {
    id: 9,
    sha,
    state,
    context: 'ci/older',
    branches: branches.map(([name, tip]) => ({ name, commit: { sha: tip } })),
    sender: { login: 'older-ci', id: 8, type: 'User' },
    installation: { id: 5 },
    repository: { id: 2, name: 'shop', default_branch: 'main', owner: { login: 'acme' } },
  }
  return translate({ id: 'd', name: 'status', payload, us })
}

describe('a status of a commit', () => {
  test.each([
    ['failure', [['topic', sha]], 'topic'],
    ['error', [['topic', sha]], 'topic'],
    [
      'failure',
      [
        ['topic', sha],
        ['main', sha],
      ],
      'main',
    ],
    // It has the commit somewhere below: another one is at its tip.
    ['failure', [['main', older]], null],
    ['failure', [], null],
  ] as const)('that is %s on %j is one on the branch %s', (state, branches, branch) => {
    expect(status(state, branches)).toMatchObject({
      kind: 'events',
      events: [
        { kind: 'checks-completed', conclusion: 'failure', head: { sha, branch } },
        {
          kind: 'check-failed',
          source: 'status',
          head: { sha, branch },
          pulls: [],
          check: { id: 9, name: 'ci/older' },
        },
      ],
    })
  })

  test('that is success ends a check, and starts nothing', () => {
    expect(status('success', [['topic', sha]])).toMatchObject({
      kind: 'events',
      events: [{ kind: 'checks-completed', conclusion: 'success', head: { sha, branch: 'topic' } }],
    })
  })

  test.each(['pending', 'expected', 'constructor'])('that is %s means nothing', (state) => {
    expect(status(state, [['main', sha]])).toMatchObject({ kind: 'ignored', because: 'not-red' })
  })
})
