import { expect, test } from 'vitest'

import { judgeCandidate } from '#policy/candidate.ts'

import { found } from '../support/observed.ts'

const a = found({ message: 'a' })
const b = found({ message: 'b' })
const unloaded = found({ tool: 'jest', rule: 'import', file: 'test/a.test.ts', message: 'no' })
const inside = found({ tool: 'jest', file: 'test/a.test.ts', subject: 'waits', message: 'late' })
const old = found({ message: 'old' })

test.each([
  [
    'keeps what repairs the target',
    { targets: [a], before: [a, old], after: [old] },
    { kind: 'keep', fixed: [a] },
  ],
  [
    'keeps what repairs one of two',
    { targets: [a, b], before: [a, b], after: [b] },
    { kind: 'keep', fixed: [a] },
  ],
  [
    'keeps what repairs one of two equal targets',
    { targets: [a, a], before: [a, a], after: [a] },
    { kind: 'keep', fixed: [a] },
  ],
  [
    'gives back what repairs nothing',
    { targets: [a], before: [a], after: [a] },
    { kind: 'discard', because: 'nothing-dropped', findings: [a] },
  ],
  [
    'gives back what only repairs something old',
    { targets: [a], before: [a, old], after: [a] },
    { kind: 'discard', because: 'nothing-dropped', findings: [a] },
  ],
  [
    'gives back what trades one failure for another',
    { targets: [a], before: [a], after: [b] },
    { kind: 'discard', because: 'something-new', findings: [b] },
  ],
  [
    'gives back what doubles an old failure',
    { targets: [a], before: [a, old], after: [old, old] },
    { kind: 'discard', because: 'something-new', findings: [old] },
  ],
  [
    'keeps what lets a file of tests load, though its tests fail now that they run',
    { targets: [unloaded], before: [unloaded], after: [inside] },
    { kind: 'keep', fixed: [unloaded] },
  ],
  [
    'gives back what only changes why a file of tests does not load',
    { targets: [unloaded], before: [unloaded], after: [{ ...unloaded, message: 'nor now' }] },
    {
      kind: 'discard',
      because: 'something-new',
      findings: [{ ...unloaded, message: 'nor now' }],
    },
  ],
  [
    'gives back what makes a test of another file fail',
    { targets: [unloaded], before: [unloaded], after: [{ ...inside, file: 'test/b.test.ts' }] },
    {
      kind: 'discard',
      because: 'something-new',
      findings: [{ ...inside, file: 'test/b.test.ts' }],
    },
  ],
  [
    'gives back what lets a test fail in a file that did load',
    { targets: [inside], before: [inside], after: [{ ...inside, subject: 'adds' }] },
    {
      kind: 'discard',
      because: 'something-new',
      findings: [{ ...inside, subject: 'adds' }],
    },
  ],
  [
    'keeps what uncovers only what was red before',
    { targets: [a], before: [a], after: [old], known: [old] },
    { kind: 'keep', fixed: [a] },
  ],
  [
    'gives back what doubles a failure that was seen and red before',
    { targets: [a], before: [a, old], after: [old, old], known: [old] },
    { kind: 'discard', because: 'something-new', findings: [old] },
  ],
  [
    'gives back what nobody could run',
    { targets: [a], before: [a], after: null },
    { kind: 'discard', because: 'not-run', findings: [a] },
  ],
  [
    'gives back what has no target',
    { targets: [], before: [old], after: [] },
    { kind: 'discard', because: 'no-targets', findings: [] },
  ],
])('%s', (_title, trial, verdict) => {
  expect(judgeCandidate({ ...trial, changes: true })).toEqual(verdict)
})

test('gives back what changes no file, however green it looks', () => {
  const verdict = judgeCandidate({ targets: [a], before: [a], after: [], changes: false })

  expect(verdict).toEqual({ kind: 'discard', because: 'no-change', findings: [a] })
})
