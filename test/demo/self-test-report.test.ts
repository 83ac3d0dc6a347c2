import { join } from 'node:path'

import { expect, test } from 'vitest'

import { reportBelow, taskReportData } from '#messages/task-report.ts'

import { selfTestText, type Seen, stepsOf } from '../../demo/self-test-report.ts'
import { hardlyRecorded, repairedAndDeployed, takenBack } from '../support/recorded-account.ts'

const golden = (name: string) => join(import.meta.dirname, 'golden', name)
const asPrinted = (data: unknown): unknown => JSON.parse(JSON.stringify(data))
const sha = '9f8e7d6c5b4a'

const good: Seen = {
  recorded: asPrinted(taskReportData(repairedAndDeployed)),
  merged: sha,
  live: sha,
  told: reportBelow('', repairedAndDeployed),
  isLogWhole: true,
  isPutAway: true,
}
const bad: Seen = {
  ...good,
  recorded: asPrinted(taskReportData(takenBack)),
  live: '0a1b2c3d4e5f',
  told: 'Nothing.',
  isLogWhole: false,
  isPutAway: false,
}
const hardly: Seen = { ...good, recorded: asPrinted(taskReportData(hardlyRecorded)), live: null }

test.each<[string, string, Seen]>([
  ['that went well', 'self-test.txt', good],
  ['whose deploy was taken back', 'self-test-bad.txt', bad],
  ['of which hardly anything is on record', 'self-test-unknown.txt', hardly],
  ['that left no record', 'self-test-none.txt', { ...good, recorded: null }],
])('a self-test %s is told word for word (S2-45, S2-46)', async (_what, name, seen) => {
  await expect(selfTestText(stepsOf(seen), 21_400)).toMatchFileSnapshot(golden(name))
})

test.each<[string, Partial<Seen>]>([
  ['Commit', { merged: 'another' }],
  ['Production', { live: 'another' }],
  ['Report', { told: 'DEPLOYED, NOT VERIFIED' }],
  ['Audit', { isLogWhole: false }],
  ['Clean-up', { isPutAway: false }],
])('it fails by the step %s alone where that is not as it should be', (name, fields) => {
  const steps = stepsOf({ ...good, ...fields })
  const failed = steps.filter(({ isGood }) => !isGood).map(({ step }) => step)
  // Production is held against what was merged.
  expect(failed).toEqual(name === 'Commit' ? ['Commit', 'Production'] : [name])
})
