import { expect, test } from 'vitest'

import type { Evidence } from '#domain/evidence.ts'
import { judgeRuns, rerunsFor } from '#policy/flake.ts'

import { found, ran } from '../support/observed.ts'

const test1 = found({ tool: 'vitest', rule: null, subject: 'adds', message: 'expected 1 to be 2' })
const test2 = { ...test1, subject: 'subtracts' }
const red = (...findings: Evidence['findings']) => ran(1, { findings })
const green = ran(0)
const stopped = ran(0, { end: { kind: 'stopped', by: 'memory' } })
const offline = ran(1, { findings: [test1], outputTail: 'getaddrinfo EAI_AGAIN example.test' })
const types = red(found())

test.each([
  ['one red run is too early to tell', [red(test1)], { kind: 'rerun' }],
  [
    'four equal red test runs are too early to tell',
    Array.from({ length: 4 }, () => red(test1)),
    { kind: 'rerun' },
  ],
  [
    'five equal red test runs are broken',
    Array.from({ length: 5 }, () => red(test1)),
    { kind: 'broken' },
  ],
  ['red then green is flaky at once', [red(test1), green], { kind: 'flaky', findings: [test1] }],
  ['green then red is flaky', [green, red(test1)], { kind: 'flaky', findings: [test1] }],
  [
    'two different failures are flaky',
    [red(test1), red(test2)],
    { kind: 'flaky', findings: [test1, test2] },
  ],
  [
    'the one test that comes and goes is named',
    [red(test1, test2), red(test1)],
    { kind: 'flaky', findings: [test2] },
  ],
  [
    'the order of findings does not matter',
    [red(test1, test2), red(test2, test1)],
    { kind: 'rerun' },
  ],
  ['two equal red type checks are broken', [types, types], { kind: 'broken' }],
  ['one red type check is too early to tell', [types], { kind: 'rerun' }],
  ['green stays green', [green, green], { kind: 'green' }],
  ['one stop may be bad luck', [stopped], { kind: 'rerun' }],
  [
    'two stops are the machine',
    [stopped, stopped],
    { kind: 'infrastructure', because: 'it was stopped by its memory limit' },
  ],
  [
    'a missing network is no failure of the code',
    [offline, offline],
    { kind: 'infrastructure', because: 'it needs a network' },
  ],
  ['a stop between equal failures does not count', [types, stopped, types], { kind: 'broken' }],
  [
    'a failed install is infrastructure',
    [red(found({ tool: 'install' })), red(found({ tool: 'install' }))],
    { kind: 'infrastructure', because: 'its dependencies did not install' },
  ],
  [
    'never more than four reruns',
    [red(test1), stopped, stopped, stopped, red(test1)],
    { kind: 'broken' },
  ],
  ['no run at all is too early to tell', [], { kind: 'rerun' }],
])('%s', (_title, runs, verdict) => {
  expect(judgeRuns(runs)).toEqual(verdict)
})

test.each([
  [['tsc'], 1],
  [['eslint', 'prettier'], 1],
  [['eslint', 'vitest'], 4],
  [['command'], 4],
  [[], 4],
] as const)('%j deserve %i reruns', (tools, reruns) => {
  expect(rerunsFor(tools)).toBe(reruns)
})
