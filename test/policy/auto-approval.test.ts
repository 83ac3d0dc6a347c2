import { describe, expect, test } from 'vitest'

import { type AutoApprove, autoApprove } from '#domain/auto-approval.ts'
import type { ChangedFile } from '#domain/change.ts'
import type { DeployState, PastDeploy } from '#domain/deploy.ts'
import { type Brought, checksFit, heldAgainst, judgeBrought } from '#policy/auto-approval.ts'

const rule: AutoApprove = autoApprove.parse({ paths: ['docs/**', 'src/**', '**/*.json', 'db/**'] })
const now = new Date('2026-11-29T10:00:00Z')

const file = (path: string, after: string | null = 'two\n', before: string | null = 'one\n') => ({
  path,
  before,
  after,
})
const brought = (...change: ChangedFile[]): Brought => ({
  files: change.map(({ path }) => path),
  change,
})
const lines = (count: number) => 'words\n'.repeat(count)

test('a small change of what the rule names is approved, with what was seen', () => {
  expect(judgeBrought(rule, brought(file('docs/a.md'), file('docs/b.md')), 'abc')).toEqual({
    kind: 'approves',
    seen: {
      since: 'abc',
      files: ['docs/a.md', 'docs/b.md'],
      lines: 4,
      work: 'docs',
      risk: { level: 'safe', marks: [] },
      rollback: 'safe',
    },
  })
})

test.each([
  [['docs'], file('docs/a.md'), 'approves'],
  [['docs', 'logging'], file('src/a.ts', "run()\nconsole.log('ran')\n", 'run()\n'), 'approves'],
  [['docs'], file('src/a.ts', "run()\nconsole.log('ran')\n", 'run()\n'), 'other-kind'],
  [['docs'], file('src/a.ts', 'run(2)\n', 'run(1)\n'), 'other-kind'],
  [null, file('src/a.ts', 'run(2)\n', 'run(1)\n'), 'approves'],
  [['docs'], file('db/migrations/2.sql', 'alter table a add b int;\n'), 'risky'],
])('of the kinds %j, %o: %s (S2-38)', (kinds, change, expected) => {
  const named = autoApprove.parse({ ...rule, kinds })
  const answer = judgeBrought(named, brought(change), 'abc')
  expect(answer.kind === 'refuses' ? answer.because : answer.kind).toBe(expected)
})

test.each<[string, Brought, string]>([
  [
    'more files',
    brought(...'abcdef'.split('').map((one) => file(`docs/${one}.md`))),
    'too-many-files',
  ],
  ['more lines', brought(file('docs/a.md', lines(51), null)), 'too-many-lines'],
  ['another path', brought(file('docs/a.md'), file('Makefile')), 'other-paths'],
  ['a text that nobody can read', { files: ['docs/a.bin'], change: null }, 'unreadable'],
  ['a schema', brought(file('db/migrations/2.sql', 'alter table a add b int;\n')), 'risky'],
  ['a sign-in', brought(file('src/auth/token.ts')), 'risky'],
  ['a variable of the environment', brought(file('src/a.ts', 'process.env.SHOP\n')), 'risky'],
  ['an interface', brought(file('docs/openapi.json')), 'risky'],
  ['a dependency', brought(file('package.json', '{ "dependencies": { "a": "1" } }\n')), 'risky'],
  ['a hole that was closed', brought(file('src/csrf.ts')), 'risky'],
  ['a payment', brought(file('src/billing.ts')), 'risky'],
  ['data of people', brought(file('src/users.ts')), 'risky'],
  ['a cipher', brought(file('src/crypto.ts')), 'risky'],
  ['a rate limit', brought(file('src/rateLimit.ts')), 'risky'],
  ['other origins', brought(file('src/cors.ts')), 'risky'],
  ['what nobody can classify', brought(file('src/a.wasm')), 'risky'],
])('%s is for people: %3$s', (_what, change, because) => {
  expect(judgeBrought(rule, change, 'abc')).toEqual({ kind: 'refuses', because })
})

const deploy = (sha: string, state: DeployState): PastDeploy => ({
  runId: sha,
  pull: 1,
  sha,
  state,
  previous: null,
  enteredAt: now,
  endedAt: ['deploying', 'live'].includes(state) ? null : now,
  takesBack: null,
})
const plain = { isFork: false, changesPolicy: false, sha: 'new' }
const verified = deploy('a', 'verified')
const no = (because: string) => ({ kind: 'refuses', because })

describe('a change is held against', () => {
  test.each<[string, Partial<typeof plain>, readonly PastDeploy[], unknown]>([
    ['what is verified', {}, [verified], { kind: 'against', sha: 'a' }],
    [
      'what is verified, and not what did not build',
      {},
      [verified, deploy('b', 'not-deployed')],
      {
        kind: 'against',
        sha: 'a',
      },
    ],
    [
      'what is verified, while its own deploy stands in line',
      {},
      [verified, deploy('new', 'queued')],
      { kind: 'against', sha: 'a' },
    ],
    [
      'what is verified, while its own deploy is asked about once more',
      {},
      [verified, deploy('new', 'refused'), deploy('new', 'deploying')],
      { kind: 'against', sha: 'a' },
    ],
    ['nothing once it was live', {}, [verified, deploy('new', 'verified')], no('deployed-before')],
    ['nothing where it comes from a fork', { isFork: true }, [verified], no('fork')],
    ['nothing where it changes the rules', { changesPolicy: true }, [verified], no('policy')],
    ['nothing where nothing is live', {}, [], no('nothing-verified')],
    ['nothing where nobody knows', {}, [deploy('b', 'unverified')], no('nothing-verified')],
    ['nothing after a rollback', {}, [verified, deploy('b', 'rolled-back')], no('on-hold')],
    [
      'nothing after one that failed',
      {},
      [verified, deploy('b', 'rollback-failed')],
      no('on-hold'),
    ],
    [
      'nothing where it was taken back',
      { sha: 'b' },
      [verified, deploy('b', 'rolled-back'), deploy('c', 'verified')],
      no('deployed-before'),
    ],
    [
      'nothing for as long as another goes on',
      {},
      [verified, deploy('b', 'live')],
      { kind: 'waits', because: 'deploy-under-way' },
    ],
  ])('%s', (...[, more, past, wanted]) => {
    expect(heldAgainst({ ...plain, ...more }, past)).toEqual(wanted)
  })
})

test.each([
  ['green', false, null],
  ['green', true, null],
  ['red', false, no('checks-red')],
  ['pending', false, { kind: 'waits', because: 'checks-pending' }],
  ['none', false, { kind: 'waits', because: 'checks-pending' }],
  ['pending', true, no('checks-missing')],
  ['none', true, no('checks-missing')],
] as const)('checks that are %s (late: %s) say %j', (...[verdict, isLate, wanted]) => {
  expect(checksFit(verdict, isLate)).toEqual(wanted)
})
