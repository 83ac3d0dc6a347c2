import { expect, test } from 'vitest'

import { type AutoSeen, theRule } from '#domain/auto-approval.ts'

import { decision, planOf, record, told } from '../support/recorded-gate.ts'

const seen = (more: Partial<AutoSeen> = {}): AutoSeen => ({
  since: 'live',
  files: ['docs/a.md'],
  lines: 2,
  work: 'docs',
  risk: { level: 'safe', marks: [] },
  rollback: 'safe',
  ...more,
})
const byRule = (auto: AutoSeen | null) =>
  record({
    used: { by: [theRule.login], planDigest: 'd', auto },
    decisions: [decision({ person: theRule })],
    plan: planOf({ 'auto-approve': { paths: ['docs/**', 'src/**'] } }),
  })
test.each<[string, AutoSeen | null, string]>([
  ['which saw what it would approve today', seen(), 'approves'],
  ['which saw what nobody wrote down', null, 'unknown'],
  ['whose words about paths were fewer', seen({ files: ['src/auth/token.ts'] }), 'risky'],
  [
    'which did not look at marks of diffs',
    seen({
      risk: {
        level: 'safe',
        marks: [{ class: 'environment', path: 'docs/a.md', line: 1, by: 'diff' }],
      },
    }),
    'risky',
  ],
  ['which let more lines through', seen({ lines: 51 }), 'too-many-lines'],
  ['which named fewer paths', seen({ files: ['docs/a.md', 'lib/a.md'] }), 'other-paths'],
  ['which did not ask for a way back', seen({ rollback: 'needs-human' }), 'no-way-back'],
])('a gate that the rule for small changes opened, %s', (_how, auto, today) => {
  expect(told(byRule(auto))).toEqual([
    'approval the rule auto-approve → the rule auto-approve',
    'opening open → open',
    `auto-approval approves → ${today}`,
  ])
})
