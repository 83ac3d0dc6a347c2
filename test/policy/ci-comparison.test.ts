import { expect, test } from 'vitest'

import type { CiClaim, CiMatch } from '#domain/ci.ts'
import type { Finding } from '#domain/finding.ts'
import { compareWithCi, type Seen } from '#policy/ci-comparison.ts'

import { ciClaimOf } from '../support/ci-world.ts'
import { findingOf, said } from '../support/fix-world.ts'

const unused = findingOf('eslint', 'a.ts', 'x is unused')
const long = { ...findingOf('eslint', 'b.ts', 'too long'), line: 7 }
const elsewhere = { ...long, line: 9 }
const noted = { ...unused, tool: 'command', message: 'said otherwise' } as const

const lint = (...findings: readonly Finding[]): Seen => ({
  check: 'lint',
  evidence: said(...findings),
})

const rows: readonly [string, Partial<CiClaim>, readonly Seen[], CiMatch, number][] = [
  ['all of it was seen', { findings: [unused, long] }, [lint(unused, long)], 'same', 2],
  [
    'another machine counts the lines otherwise',
    { findings: [elsewhere] },
    [lint(long)],
    'same',
    1,
  ],
  ['an annotation stands at the same line', { findings: [noted] }, [lint(unused)], 'same', 1],
  ['one of two was seen', { findings: [unused, long] }, [lint(unused)], 'partly', 1],
  ['something else was seen', { findings: [unused] }, [lint(long)], 'another', 0],
  ['it is red, and CI names no place', {}, [lint(long)], 'red-too', 0],
  ['it is green here', { findings: [unused] }, [lint()], 'green-here', 0],
  ['it was not run', { findings: [unused] }, [], 'not-run', 0],
  ['what runs is green, and more cannot run', { unreachable: ['e2e: no'] }, [lint()], 'not-run', 0],
  ['nothing of it can run', { checks: [], unreachable: ['e2e: no'] }, [], 'not-run', 0],
  ['nobody knows what it runs', { checks: [] }, [lint(unused)], 'unknown', 0],
  [
    'a check of ours is red that is not its own',
    { checks: ['test'] },
    [lint(unused)],
    'not-run',
    0,
  ],
]

test.for(rows)('%s', ([, claim, seen, match, count]) => {
  const compared = compareWithCi(ciClaimOf(claim), seen)
  expect([compared.match, compared.seen]).toEqual([match, count])
})

test('what CI saw alone is told', () => {
  const claim = ciClaimOf({ findings: [unused, long] })
  expect(compareWithCi(claim, [lint(unused)]).missed).toEqual([long])
})
