import { describe, expect, test } from 'vitest'

import type { CiComparison, CiReport } from '#domain/ci.ts'
import { ciSection } from '#messages/ci-words.ts'

import { ciReportOf } from '../support/ci-world.ts'
import { findingOf } from '../support/fix-world.ts'

const comparison: CiComparison = {
  check: 'lint',
  match: 'same',
  seen: 1,
  missed: [],
  unreachable: [],
}
const note = { path: 'a.ts', line: 3, level: 'failure', message: 'x is unused' } as const

function said(report: Partial<CiReport>, more: Partial<CiComparison> | null = null) {
  const compared = more === null ? null : { ...comparison, ...more }
  return ciSection([{ report: ciReportOf(report), trouble: null, comparison: compared }])
}

test('nothing is said where CI said nothing', () => {
  expect(ciSection([])).toBe('')
})

describe('of a red check', () => {
  test('it is said that the same was seen here, and no word of CI is needed', () => {
    expect(said({ annotations: [note] }, {})).toBe(
      '**What CI said**\n\n- `lint` (failure) in its step `Run npm run lint` — the same here',
    )
  })

  test('what was seen there alone is listed', () => {
    const missed = [findingOf('eslint', 'b.ts', 'too long')]
    expect(said({}, { match: 'partly', missed })).toContain(
      '— partly the same here \\(1 of 2 findings\\)\n  - only there: `b.ts:1` too long',
    )
  })

  test('CI speaks for itself where it could not be reproduced', () => {
    const log = { kind: 'read', command: 'npm run lint', exitCode: 1, text: 'boom\n```\n' } as const
    const text = said({ title: 'Sad', annotations: [note], log }, { match: 'green-here' })

    expect(text).toContain('not reproducible here: each of its commands is green')
    expect(text).toContain('  - Sad\n  - `a.ts:3` x is unused')
    expect(text).toContain('````\nboom\n```\n\n````')
  })

  test('it is said that its machine failed it', () => {
    const report = ciReportOf({ conclusion: 'cancelled' })
    expect(ciSection([{ report, trouble: 'cancelled', comparison: null }])).toContain(
      '(cancelled) in its step `Run npm run lint`: somebody or something cancelled it',
    )
  })

  test.each([
    ['expired', 'thrown its log away'],
    ['refused', 'no permission `actions: read`'],
    ['unreachable', 'could not be fetched'],
  ] as const)('it is said why there is no log: %s', (kind, words) => {
    expect(said({ log: { kind } })).toContain(words)
  })
})

test('of very many checks the first are told and the rest is counted', () => {
  const entry = { report: ciReportOf({}), trouble: null, comparison: null }
  expect(ciSection(Array.from({ length: 12 }, () => entry))).toContain('of 2 more checks')
})
