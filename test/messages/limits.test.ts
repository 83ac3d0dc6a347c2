import {
  array,
  check,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  string,
  tuple,
} from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { CheckReport } from '#domain/report.ts'
import { annotationsOf } from '#messages/check-annotations.ts'
import { bytesOf, code, codeBlock, plain, withinBytes, withinLimit } from '#messages/markdown.ts'

import { findingOf } from '../support/fix-world.ts'
import { seed } from '../support/seed.ts'

/** Lines of all alphabets, some of them long, some of them fences. */
const line = oneof(
  string({ unit: 'grapheme', maxLength: 200 }),
  string({ unit: 'binary', maxLength: 50 }),
  constantFrom('```', '````diff', '```  ', '`````', '', '日本語の文'.repeat(200)),
)
const text = tuple(array(line, { minLength: 1, maxLength: 40 }), integer({ min: 1, max: 400 })).map(
  ([lines, times]) => Array.from({ length: times }, () => lines.join('\n')).join('\n'),
)

/** Whether a block of code is open at the end. */
function isOpen(markdown: string): boolean {
  let open = ''
  for (const each of markdown.split('\n')) {
    const [ticks = ''] = /^`{3,}/.exec(each) ?? []
    if (open === '') open = ticks
    else if (ticks.length >= open.length && each.trimEnd() === ticks) open = ''
  }
  return open !== ''
}

/** Nothing of it is ours but the end: whole lines, then the words that say so. */
function isCutAtLine(cut: string, markdown: string): boolean {
  const [kept = '', ...more] = cut.split(cutWords)
  const whole = kept.split('\n').slice(0, -1)
  const lines = markdown.split('\n', whole.length)
  return more.join() === '' && whole.every((each, at) => each === lines[at])
}

const cutWords = '\n\n… cut here: the rest is in the record of the run.'

describe(`whatever a text is made of (seed ${seed})`, () => {
  test('it is cut to what GitHub takes, at a line, saying so, with no block left open', () => {
    const holds = property(text, (markdown) => {
      const cut = withinLimit(markdown)
      if (bytesOf(markdown) <= 65_000) return cut === markdown
      const isSaid = cut.endsWith(cutWords) && !isOpen(cut)
      return isSaid && bytesOf(cut) <= 65_000 && isCutAtLine(cut, markdown)
    })
    expect(check(holds, { seed, numRuns: 60 }).counterexample).toBeNull()
  })

  test('it is cut at a whole character', () => {
    const any = string({ unit: 'grapheme-composite', maxLength: 60 })
    const holds = property(any, nat(80), (given, bytes) => {
      const cut = withinBytes(given, bytes)
      return given.startsWith(cut) && bytesOf(cut) <= bytes && cut.isWellFormed()
    })
    expect(check(holds, { seed, numRuns: 300 }).counterexample).toBeNull()
  })

  test('a block of code around it is closed by us alone', () => {
    const holds = property(text, (lines) => {
      const [first = '', ...rest] = codeBlock(lines).split('\n')
      return rest.findIndex((each) => each.trimEnd() === first) === rest.length - 1
    })
    expect(check(holds, { seed, numRuns: 60 }).counterexample).toBeNull()
  })

  test('words and code made of it are one line, in which nobody is mentioned and nothing is closed', () => {
    const said = string({ unit: 'binary', maxLength: 80 })
    const holds = property(said, (given) =>
      [plain(`@octocat ${given} #1`), code(`@octocat ${given} #1`)].every(
        (made) => !/[\n\r\u2028\u2029]|@octocat|#1/.test(made),
      ),
    )
    expect(check(holds, { seed, numRuns: 300 }).counterexample).toBeNull()
  })

  test('a note at a line keeps the limits of GitHub, and two hundred are the most', () => {
    const said = string({ unit: 'grapheme', maxLength: 400 })
    const finding = tuple(said, said, integer({ min: 1, max: 300 })).map(
      ([words, rule, times]) => ({
        ...findingOf('eslint', 'src/a.ts', words.repeat(times)),
        rule,
      }),
    )
    const holds = property(array(finding, { maxLength: 300 }), (findings) => {
      const checks = [{ ...red, findings, repaired: findings }]
      const notes = annotationsOf({ checks }, { number: 9 })
      const isShort = notes.every(
        ({ message, title }) =>
          bytesOf(message) <= 64_000 && message.length > 0 && title.length <= 255,
      )
      return isShort && notes.length <= 200
    })
    expect(check(holds, { seed, numRuns: 30 }).counterexample).toBeNull()
  })
})

const red: CheckReport = {
  name: 'lint',
  origin: null,
  verdict: 'red',
  reason: null,
  detail: '',
  before: null,
  after: null,
  findings: [],
  repaired: [],
}

test('what is left is noted first, and then what was repaired and where', () => {
  const [left, gone] = [findingOf('tsc', 'a.ts', 'left'), findingOf('tsc', 'b.ts', 'gone')]
  const checks: CheckReport[] = [
    { ...red, name: 'types', verdict: 'fixed', repaired: [gone] },
    { ...red, findings: [{ ...left, rule: 'TS1' }] },
    { ...red, verdict: 'flaky', findings: [left] },
    { ...red, verdict: 'green', findings: [left] },
  ]
  expect(annotationsOf({ checks }, { number: 9 })).toEqual([
    { path: 'a.ts', line: 1, level: 'failure', title: 'lint: TS1', message: 'left' },
    { path: 'a.ts', line: 1, level: 'warning', title: 'lint', message: 'left' },
    { path: 'b.ts', line: 1, level: 'notice', title: 'types', message: 'Repaired in #9: gone' },
  ])
})

test.each(['../etc/passwd', '/etc/passwd', 'a/../b', 'a//b', './a', 'a\u202Eb', ''])(
  'no note stands at the path %j',
  (file) => {
    const findings = [findingOf('eslint', file, 'no')]
    expect(annotationsOf({ checks: [{ ...red, findings }] }, null)).toEqual([])
  },
)
