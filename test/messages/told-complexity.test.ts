import { expect, test } from 'vitest'

import { fixReport } from '#messages/fix-report.ts'
import { hostedReport } from '#messages/hosted-report.ts'
import { pullRequestBody, pullRequestLabels } from '#messages/pull-request.ts'
import { reportText } from '#messages/report.ts'

import { repairOf } from '../support/fix-world.ts'
import { recordedFacts, recordedRun } from '../support/recorded-run.ts'

test('why what a model wrote stays a draft is told wherever it is proposed', () => {
  const repair = repairOf('unit', [], {
    risk: 'review',
    complex: [
      { kind: 'beyond', what: 'files', is: 3, most: 2 },
      { kind: 'beyond', what: 'packages', is: 2, most: 1 },
      { kind: 'untested' },
    ],
  })
  const report = fixReport(recordedRun, [...recordedFacts, { kind: 'repair', repair }])
  const told =
    'A model wrote it. It changes 3 files, and 2 are the most. It changes 2 packages, and 1 is the most. ' +
    'No failing test asked for it, or not a test alone.'

  const body = pullRequestBody([report], { ending: null, closes: 7, isBug: true })
  expect(body).toContain(`- For a human: ${told}`)
  expect(body).toContain('This is a draft until a human decides')
  expect(pullRequestLabels([report])).toContain('needs-human-review')
  expect(hostedReport(report, { pullRequest: null, diff: null }).summary).toContain(told)
  expect(reportText(report)).toContain(told)
})
