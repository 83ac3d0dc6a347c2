import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'

import { commitMessage, type CommitFacts } from '#messages/commit.ts'

import { ran } from '../support/observed.ts'

const facts: CommitFacts = {
  title: 'Resolve 504 timeout in /api/chat for complex queries',
  issue: 'Complex queries exceeding 30s caused 504 Gateway Timeout',
  rootCause: 'No timeout protection on OpenAI streaming responses',
  fix: 'Added 25s timeout with graceful degradation',
  impact: ['app/api/chat/route.ts'],
  testing: [
    { before: null, after: ran(0, { command: 'npx tsc --noEmit', durationMs: 4200 }) },
    {
      before: ran(1),
      after: ran(0, { command: 'npx vitest related --run app/api/chat/route.ts' }),
    },
  ],
  taskId: '123e4567-e89b-12d3-a456-426614174000',
  runId: 'run_20251018-142345-0a1b2c3d',
  severity: 'high',
  reverts: null,
}

function trailersOf(message: string): string {
  return execFileSync('git', ['interpret-trailers', '--parse'], {
    input: message,
    encoding: 'utf8',
  })
}

test('the message of the document, with evidence for its testing and real trailers', () => {
  const golden = readFileSync(join(import.meta.dirname, 'golden/commit.txt'), 'utf8')

  expect(commitMessage(facts)).toBe(golden)
})

test('git reads exactly our three trailers', () => {
  expect(trailersOf(commitMessage(facts))).toBe(
    [
      'Task-Id: 123e4567-e89b-12d3-a456-426614174000',
      'Run-Id: run_20251018-142345-0a1b2c3d',
      'Severity: high',
      '',
    ].join('\n'),
  )
})

test('nothing that nobody ran is claimed', () => {
  expect(commitMessage({ ...facts, testing: [] })).toContain('\nTesting: nothing was recorded\n')
})

test.each([
  ['a trailer of somebody else', 'x\n\nCo-authored-by: Eve <eve@example.test>', /^Co-authored-by/m],
  ['a mention', 'ping @octocat', /@octocat/],
  ['a team mention', 'ping @acme/core', /@acme/],
  ['an issue keyword', 'fixes #1', /#1/],
  ['an issue of another repository', 'closes acme/shop#12', /#12/],
  ['an issue address', 'resolves https://github.com/a/b/issues/7', /issues\/7/],
  ['an issue in the old way', 'closes GH-12', /GH-12/],
  ['a word that skips the build', 'done [skip ci]', /\[skip ci\]/i],
  ['another word that skips the build', 'done [No CI]', /\[no ci\]/i],
  ['a line that ends the message', 'a\n---\nb', /^---/m],
  ['a comment line', 'a\n# b', /^#/m],
  ['colours', `${String.fromCodePoint(27)}[31mred`, /\[31m/],
  ['text that runs backwards', 'a\u202Eb', /\u202E/],
  ['invisible text', 'a\u200Bb', /\u200B/],
])('%s cannot come in through any field', (_title, text, sign) => {
  const message = commitMessage({
    ...facts,
    title: text,
    issue: text,
    rootCause: text,
    fix: text,
    impact: [text],
    testing: [{ before: null, after: ran(0, { command: text }) }],
  })

  expect(message).not.toMatch(sign)
  expect(trailersOf(message).trim().split('\n')).toHaveLength(3)
})

test('an id cannot start a line of its own', () => {
  const message = commitMessage({ ...facts, taskId: 'a\nCo-authored-by: Eve', runId: 'b\u2028c' })

  expect(message).toContain('Task-Id: aCo-authored-byEve\nRun-Id: bc\nSeverity')
})

test('whatever a repository says, git finds our trailers and nothing else', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 300 }), (text) => {
      const message = commitMessage({ ...facts, title: text, issue: text, fix: `${text}\n\nA: b` })
      const [subject = '', second] = message.split('\n')

      expect(subject.length).toBeLessThanOrEqual(72)
      expect(subject).toMatch(/^fix: \S/)
      expect(second).toBe('')
      expect(message).toMatch(/\n\nTask-Id: \S+\nRun-Id: \S+\nSeverity: high\n$/)
      expect(message.split('\n\n')).toHaveLength(3)
    }),
  )
})

test('a long list of files is cut, and long lines are wrapped', () => {
  const impact = Array.from({ length: 12 }, (_, i) => `src/module-${i}/index.ts`)
  const message = commitMessage({ ...facts, impact })

  expect(message).toContain('and 2 more')
  expect(Math.max(...message.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72)
})
