import { expect, test } from 'vitest'

import { fixReport } from '#messages/fix-report.ts'
import { hostedReport } from '#messages/hosted-report.ts'
import { reportText } from '#messages/report.ts'

import { recordedFacts, recordedRun } from '../support/recorded-run.ts'

test('what a model cost, and that its budget is nearly spent, is told in both reports', () => {
  const usage = {
    model: 'fake/one',
    calls: 3,
    inputTokens: 9000,
    outputTokens: 900,
    cachedTokens: 0,
    dollars: 0.07,
    source: 'measured' as const,
    durationMs: 900,
  }
  const near = [{ scope: 'day' as const, measure: 'dollars' as const, used: 8.2, limit: 10 }]
  const attempts = [
    { kind: 'cost' as const, usage, near: [] },
    {
      kind: 'cost' as const,
      usage: { ...usage, dollars: 0.14, source: 'estimated' as const },
      near,
    },
  ]
  const report = fixReport(recordedRun, [...recordedFacts, ...attempts])
  const told = 'This fix cost $0.21 (estimated), 2 attempts.'
  const warned = 'Nearly spent: $8.20 of $10.00 for this repository today.'

  const { summary } = hostedReport(report, { pullRequest: null, diff: null })
  expect(summary).toContain(`${told} ${warned}`)
  expect(reportText(report)).toContain(told)
  expect(reportText(report)).toContain(warned)
})
