import { describe, expect, test } from 'vitest'

import type { NewDelivery } from '#ports/inbox.ts'

import {
  at,
  by,
  comment,
  deepened,
  hubHouse,
  label,
  owned,
  redCheck,
  redWorkflow,
  sha,
} from '../support/attack-world.ts'
import { told } from '../support/history.ts'

const boss = { site_admin: true, role_name: 'admin', permissions: { admin: true } }
const ownApp = { app: { id: 99, slug: 'keeper', name: 'Keeper' } }
const ownSuite = {
  id: 1,
  head_sha: sha,
  head_branch: 'topic',
  conclusion: 'failure',
  pull_requests: [],
  ...ownApp,
}

type Row = readonly [string, NewDelivery, string]

const loops: readonly Row[] = [
  ['our own check run', redCheck(ownApp), 'own-check'],
  [
    'our own check suite',
    told('check_suite', at, { action: 'completed', check_suite: ownSuite }),
    'own-check',
  ],
  ['our own comment', comment('/auto-fix', by('keeper[bot]', 'Bot')), 'own-act'],
  ['our own label', label(by('keeper[bot]', 'Bot')), 'own-act'],
  ['ourselves in capitals', comment('/auto-fix', by('KEEPER[bot]', 'Bot')), 'own-act'],
  ['a branch of ours that is red', redCheck({ head_branch: 'auto-fix/1-types' }), 'one of ours'],
  [
    'a branch that somebody named like ours',
    redCheck({ head_branch: 'auto-fix/../main' }),
    'one of ours',
  ],
  [
    'our check made by a second Goalkeeper on our branch',
    redCheck({ head_branch: 'auto-fix/1-types', app: { id: 98, slug: 'other' } }),
    'one of ours',
  ],
  [
    'a second Goalkeeper that comments',
    comment('/auto-fix', by('other[bot]', 'Bot')),
    'GitHub says none',
  ],
  ['another bot that labels', label(by('dependabot[bot]', 'Bot')), 'GitHub says none'],
]

const strangers: readonly Row[] = [
  ['a label by a reader', label(by('stranger')), 'GitHub says read'],
  ['a comment by a reader', comment('/auto-fix', by('stranger')), 'GitHub says read'],
  [
    'a sender who says to be the boss',
    comment('/auto-fix', by('stranger', 'User', boss)),
    'GitHub says read',
  ],
  ['a sender of a kind that nobody knows', label(by('stranger', 'Mannequin')), 'GitHub says read'],
  ['an account that is gone', comment('/auto-fix', { sender: null }), 'unreadable'],
  ['a closed issue', label({}, { number: 9, state: 'closed' }), 'closed'],
  ['a quoted command', comment('> /auto-fix\n\nno'), 'not-asked'],
  ['a command in a block of code', comment('```\n/auto-fix\n```'), 'not-asked'],
  ['a command in a comment of HTML', comment('<!-- /auto-fix -->'), 'not-asked'],
  ['a command behind words', comment('please /auto-fix'), 'not-asked'],
  ['a command with more behind it', comment('/auto-fix; rm -rf /'), 'not-asked'],
  [
    'a comment that imitates our marker',
    comment('<!-- goalkeeper:auto-fix -->\n/auto-fix\n===='),
    'not-asked',
  ],
]

const elsewhere: readonly Row[] = [
  ['a fork whose branch is called like our default branch', redWorkflow('main', 66), 'no branch'],
  ['a fork whose branch is called like one of many', redWorkflow('topic', 66), 'no branch'],
]

const early = { conclusion: 'success', check_suite: { status: 'in_progress' } }
const shapes: readonly Row[] = [
  [
    'an option instead of a commit',
    redCheck({ head_sha: '--upload-pack=touch /tmp/x' }),
    'unreadable',
  ],
  ['HEAD instead of a commit', redCheck({ head_sha: 'HEAD' }), 'unreadable'],
  ['a short commit', redCheck({ head_sha: 'bbbbbbb' }), 'unreadable'],
  ['a commit with a line below it', redCheck({ head_sha: `${sha}\n--x` }), 'unreadable'],
  ['a commit in capitals', redCheck({ head_sha: sha.toUpperCase() }), 'unreadable'],
  ['a branch without a name', redCheck({ head_branch: '' }), 'unreadable'],
  ['an owner who leads elsewhere', redCheck({}, owned('../..', 'kiosk')), 'unreadable'],
  ['an owner with an address', redCheck({}, owned('x@evil.example/y', 'kiosk')), 'unreadable'],
  ['a repository that is a folder above', redCheck({}, owned('acme', '..')), 'unreadable'],
  ['a repository with an option', redCheck({}, owned('acme', 'kiosk --config')), 'unreadable'],
  ['a repository without a number', redCheck({}, owned('acme', 'kiosk', '11')), 'unreadable'],
  ['a number beyond all numbers', redCheck({ id: 1e300 }), 'unreadable'],
  ['an installation that is none', redCheck({}, { installation: { id: '7' } }), 'no-installation'],
  ['no installation', redCheck({}, { installation: null }), 'no-installation'],
  ['a payload that is deeper than anybody reads', deepened(redCheck(), 50_000), 'unreadable'],
  ['a payload that is a list', { id: 'd', name: 'check_run', payload: '[]' }, 'unreadable'],
  ['a payload that is nothing', { id: 'd', name: 'check_run', payload: 'null' }, 'unreadable'],
  [
    'an event called like a property of everything',
    { id: 'd', name: 'constructor', payload: '{}' },
    'unknown-event',
  ],
  [
    'a payload that changes the prototype',
    { id: 'd', name: 'push', payload: '{"__proto__":{"installation":{"id":1}}}' },
    'no-installation',
  ],
  ['a check that waits', redCheck({ conclusion: 'action_required' }), 'not-red'],
  ['a check that somebody cancelled', redCheck({ conclusion: 'cancelled' }), 'not-red'],
  ['a green check with others to come', redCheck(early), 'not-red'],
  ['a conclusion that nobody knows', redCheck({ conclusion: 'failure ' }), 'not-red'],
]

describe.each([
  [`loops (${loops.length} rows)`, loops],
  [`strangers (${strangers.length} rows)`, strangers],
  [`forks (${elsewhere.length} rows)`, elsewhere],
  [`shapes (${shapes.length} rows)`, shapes],
])('0 of the attacks succeed: %s', (_group, rows) => {
  test.for(rows)('%s', async ([, delivery, words]) => {
    const role = /\[bot\]/.test(delivery.payload) ? 'none' : 'read'
    const house = hubHouse({ role })
    expect(await house.handle(delivery)).toContain(words)
    expect(house.started()).toEqual([])
  })
})

const branches = [
  '--upload-pack=touch /tmp/x',
  'refs/heads/../x',
  'a\nb',
  'a\u0000b',
  'a\u202Etxt',
  sha,
  '@octocat',
  '$(touch /tmp/x)',
  '`id`',
  'a b; rm -rf /',
  'x'.repeat(5000),
  '.lock',
]

describe(`a branch is never a word of a command (${branches.length} rows)`, () => {
  test.each(branches)(
    '%j is fetched by its commit, and the branch stays a name',
    async (branch) => {
      const house = hubHouse({})
      await house.handle(redCheck({ head_branch: branch }))
      expect(house.started()).toMatchObject([
        { ref: sha, base: null, repository: 'https://github.example/acme/kiosk.git' },
      ])
      expect(house.started()).toHaveLength(1)
    },
  )
})

const fork = { id: 66 }
const ours = { id: 11 }
const of = (number: number, base: object, from: object | null) => ({
  number,
  head: { ref: 'topic', sha, repo: from },
  base: { ref: 'main', sha, repo: base },
})

test.each([
  ['a pull request of another repository is not one of ours', [of(1, fork, ours)], null],
  ['of several, that of this repository counts', [of(1, fork, ours), of(5, ours, ours)], 5],
  ['a fork that is gone is a fork', [of(5, ours, null)], 5],
])('%s', async (_which, pull_requests, number) => {
  const house = hubHouse({})
  await house.handle(redCheck({ pull_requests }))
  expect(house.started()).toMatchObject([{ hosted: { pullRequest: number } }])
})

test('the head that is reported counts, whatever the payload says of others', async () => {
  const house = hubHouse({})
  await house.handle(
    redCheck({
      pull_requests: [
        { ...of(5, ours, ours), head: { ref: 'x', sha: 'd'.repeat(40), repo: ours } },
      ],
    }),
  )
  expect(house.started()).toHaveLength(1)
  expect(house.started()).toMatchObject([{ ref: sha }])
})
