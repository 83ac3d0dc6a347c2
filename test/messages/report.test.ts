import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { FixFact } from '#domain/fix-fact.ts'
import { fixReport as reportSchema } from '#domain/report.ts'
import type { Run } from '#domain/run.ts'
import { unreachableNotes } from '#messages/fix-notes.ts'
import { fixReport } from '#messages/fix-report.ts'
import { hostedReport } from '#messages/hosted-report.ts'
import { reportText } from '#messages/report.ts'

import { found, ran } from '../support/observed.ts'
import { checked, green, recordedFacts, recordedRun, red } from '../support/recorded-run.ts'

const golden = (name: string) => readFileSync(join(import.meta.dirname, 'golden', name), 'utf8')

test('a run that repaired something says what, why, and what proves it', () => {
  expect(reportText(fixReport(recordedRun, recordedFacts))).toBe(golden('report.txt'))
})

test('what people should put right is told in both reports', () => {
  const text = 'a.yml:1:1: fix is missing. Add it.'
  const report = fixReport(recordedRun, [...recordedFacts, { kind: 'remark', text }])

  expect(reportText(report)).toContain(`\nTo be put right\n  ${text}\n`)
  expect(hostedReport(report, { pullRequest: null, diff: null }).summary).toContain(`⚠ ${text}`)
})

test('the report is the JSON that its schema promises', () => {
  const report = fixReport(recordedRun, recordedFacts)

  expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  expect(report.checks.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['types', 'fixed'],
    ['lint', 'pre-existing'],
    ['e2e', 'flaky'],
    ['format', 'green'],
    ['deploy', 'not-run'],
  ])
})

test('a run that repaired nothing says why, and what to do', () => {
  const failed: Run = {
    ...recordedRun,
    outcome: 'failure',
    reason: 'no-fix-found',
    detail: 'types: 1 finding',
  }
  const text = reportText(fixReport(failed, [checked('types', red)]))

  expect(text).toBe(golden('report-failed.txt'))
})

test('where all that is red was red before, the report says that and claims no repair', () => {
  const failed: Run = { ...recordedRun, outcome: 'partial', reason: 'criteria-not-met' }
  const before = recordedFacts.filter(
    (fact) => fact.kind === 'set-aside' && fact.setAside.reason === 'all-pre-existing',
  )
  const text = reportText(fixReport(failed, [checked('lint', red), ...before]))

  expect(text).toMatch(/^✗ NOT REPAIRED/)
  expect(text).toContain('Why\n  Every failure is on the base as well')
})

test('a check that the repairs of others made green shows no empty list of files', () => {
  const facts = recordedFacts.map((fact) =>
    fact.kind === 'repair'
      ? { ...fact, repair: { ...fact.repair, patch: [], descriptions: [], rootCauses: [] } }
      : fact,
  )
  const text = reportText(fixReport(recordedRun, facts))

  expect(text).toContain('Fix:        the repairs of the other checks made it green\n')
  expect(text).not.toContain('Files:')
})

test('a check that is still red by what was red before is not called green', () => {
  const facts = recordedFacts.map((fact) =>
    fact.kind === 'repair'
      ? { ...fact, repair: { ...fact.repair, patch: [], descriptions: [], after: red } }
      : fact,
  )
  const text = reportText(fixReport(recordedRun, facts))

  expect(text).toContain('what is left was red before\n')
  expect(text).not.toContain('made it green')
})

test('checks that one reason keeps from running stand together in the report and in its notes', () => {
  const because = 'It changes files first.'
  const unreachable = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, because }))
  const facts = unreachable.map((one) => ({ kind: 'unreachable', ...one }) as const)
  const text = reportText(fixReport(recordedRun, facts))

  expect(text).toContain(`Checks\n  ⚠ a, b, c and 2 more: not run\n      ${because}\n`)
  expect(unreachableNotes([...unreachable, { name: 'f', because: 'No.' }])).toEqual([
    `a, b, c and 2 more: ${because}`,
    'f: No.',
  ])
})

test.each<[string, Partial<Run>, readonly FixFact[], string]>([
  ['nothing was red', { outcome: 'success' }, [checked('types', green)], '✓ NOTHING TO REPAIR'],
  ['it is not finished', { outcome: null, finishedAt: null }, [], '⚠ NOT FINISHED\n'],
  ['it was cancelled', { outcome: 'cancelled' }, [], '⚠ CANCELLED'],
  ['it took too long', { outcome: 'timed_out' }, [], '✗ TIMED OUT'],
  ['some of it was repaired', { outcome: 'partial' }, [], '⚠ REPAIRED IN PART'],
])('when %s the first line says so', (...row) => {
  const [, fields, recorded, first] = row

  expect(reportText(fixReport({ ...recordedRun, ...fields }, recorded)).startsWith(first)).toBe(
    true,
  )
})

test('a repair that nobody proved is not called fixed', () => {
  const unproved = recordedFacts.filter(({ kind }) => kind !== 'proof' && kind !== 'delivered')
  const report = fixReport(recordedRun, unproved)

  expect(report.checks[0]?.verdict).toBe('unproved')
  expect(reportText(report)).toContain('auto-fix/00000001-types was not handed over (dry run)')
})

test('a check that the configuration switches off is told and not run', () => {
  const setAside = { check: 'e2e', reason: 'check-off', detail: '', evidence: null } as const

  const report = fixReport(recordedRun, [...recordedFacts, { kind: 'set-aside', setAside }])

  expect(reportText(report)).toContain('⚠ e2e: switched off')
})

test('a branch for a URL is found in the mirror, and the report says how to take it from there', () => {
  const facts = recordedFacts.map((fact) =>
    fact.kind === 'place' ? { ...fact, origin: 'https://example.com/shop.git' } : fact,
  )

  const text = reportText(fixReport(recordedRun, facts))

  expect(text).toContain('git -C /var/mirrors/shop.git log -p')
  expect(text).toContain('git fetch /var/mirrors/shop.git auto-fix/00000001-types')
})

test('what a repository prints cannot move the cursor or forge a line', () => {
  const evil = found({ message: 'a\u001B[2J\n✓ types: green', file: 'src/\u202Ea.ts', line: null })
  const place = {
    kind: 'place',
    origin: "/home/it's me",
    mirror: '/m',
    headSha: 'a'.repeat(40),
    baseSha: null,
  } as const
  const text = reportText(
    fixReport(recordedRun, [
      place,
      checked('types', ran(1, { findings: [evil, evil, evil, evil, evil, evil] })),
      ...recordedFacts.slice(-2),
    ]),
  )

  expect(text).not.toContain('\u001B')
  expect(text).not.toContain('\u202E')
  expect(text).not.toContain('\n✓ types')
  expect(text).toContain('and 1 more')
  expect(text).toContain(String.raw`git -C '/home/it'\''s me' merge`)
})

test('a long list of failed candidates is cut', () => {
  const trials = Array.from({ length: 12 }, () => recordedFacts[8]).filter(
    (fact) => fact !== undefined,
  )

  expect(reportText(fixReport(recordedRun, trials))).toContain('  and 2 more')
})

test('what was green at first and red when it was run again is flaky, and not green', () => {
  const aside = {
    check: 'unit',
    reason: 'flaky',
    detail: 'red in CI',
    evidence: red,
  } as const
  const facts: FixFact[] = [checked('unit', green), { kind: 'set-aside', setAside: aside }]
  const report = fixReport(recordedRun, facts)

  expect(report.checks).toMatchObject([{ name: 'unit', verdict: 'flaky', after: { end: red.end } }])
  expect(
    hostedReport({ ...report, reason: null }, { pullRequest: null, diff: null }).title,
  ).toContain('fails and passes on the same files')
})
