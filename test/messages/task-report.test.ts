import { join } from 'node:path'

import { expect, test } from 'vitest'

import { type Account, deployIn } from '#domain/account.ts'
import { deployNews, incidentReport } from '#messages/deploy-news.ts'
import { deployMarker, deployNotice } from '#messages/deploy.ts'
import { executiveReport } from '#messages/executive-report.ts'
import { incidentBody } from '#messages/incident-issue.ts'
import { reportBelow, taskReportData } from '#messages/task-report.ts'
import { technicalLog } from '#messages/technical-log.ts'
import { timeline } from '#messages/timeline.ts'

import {
  hardlyRecorded,
  repairedAndDeployed,
  repairedOnly,
  takenBack,
} from '../support/recorded-account.ts'

const golden = (name: string) => join(import.meta.dirname, 'golden', name)
const issueOf = (account: Account) => {
  const deploy = deployIn(account)
  return deploy && incidentBody(deploy)
}
const asJson = (data: unknown) => `${JSON.stringify(data, null, 2)}\n`

test.each<[string, string, string | null]>([
  [
    'a deploy that is good, for who decides (S2-26)',
    'executive.txt',
    executiveReport(repairedAndDeployed),
  ],
  ['a deploy that was taken back', 'executive-rolled-back.txt', executiveReport(takenBack)],
  [
    'a deploy of which hardly anything is known',
    'executive-unknown.txt',
    executiveReport(hardlyRecorded),
  ],
  ['a repair that nobody deployed', 'executive-repair.txt', executiveReport(repairedOnly)],
  ['the notice of a good deploy (S2-42)', 'notice-success.txt', deployNews(repairedAndDeployed)],
  ['the notice of one that was taken back (S2-43)', 'notice-failure.txt', deployNews(takenBack)],
  [
    'the notice of one that did not build (K26)',
    'notice-not-built.txt',
    deployNews(hardlyRecorded),
  ],
  ['the timeline of 2 minutes 17 seconds (S2-47)', 'timeline.txt', timeline(repairedAndDeployed)],
  ['the timeline of one that was taken back', 'timeline-rolled-back.txt', timeline(takenBack)],
  ['the technical log (S2-44)', 'technical-log.json', asJson(technicalLog(repairedAndDeployed))],
  [
    'the log of one taken back (S2-33)',
    'technical-log-rolled-back.json',
    asJson(technicalLog(takenBack)),
  ],
  ['the issue of an incident (S2-34)', 'incident-issue.txt', issueOf(takenBack)],
  [
    'the issue of what did not build (K26)',
    'incident-issue-not-built.txt',
    issueOf(hardlyRecorded),
  ],
  ['the incident of one taken back (S2-34)', 'incident.json', asJson(incidentReport(takenBack))],
])('%s is told word for word', async (_what, name, text) => {
  await expect(text).toMatchFileSnapshot(golden(name))
})

test('the timeline adds up: build 1m 23s, in all 2 minutes 17 seconds, no rollback (S2-47)', () => {
  const told = timeline(repairedAndDeployed)
  expect(told).toContain('(Build time: 1m 23s)')
  expect(told).toContain(
    'Total time: 2 minutes 17 seconds\nStatus: Success\nRollback: Not required',
  )
})

test.each([
  ['closed', '2025-10-18T16:30:00Z', '#31 closed by maria on 2025-10-18 16:30:00 UTC', 'closed'],
  ['opened again', null, '#31 opened again by maria on 2025-10-18 16:30:01 UTC', 'opened again'],
])('an incident that was %s is told, with how long production was bad', (...of) => {
  const [, closed, words, verb] = of
  const at = new Date('2025-10-18T16:30:01Z')
  const change = {
    number: 31,
    by: 'maria',
    at,
    closedAt: closed === null ? null : new Date(closed),
  }
  const runs = takenBack.runs.map((one) => ({ ...one, incidents: one.deploy ? [change] : [] }))
  const account = { ...takenBack, runs }
  expect(executiveReport(account)).toContain(`Incident: ${words}\nTime to restore: 31 seconds\n`)
  expect(timeline(account)).toContain(`INCIDENT: #31 ${verb} by maria\n\nTotal time: 2 minutes 17`)
})

test('what nobody could bring back counts as well again from when its incident was closed', () => {
  const at = new Date('2025-10-18T15:01:45Z')
  const change = { number: 31, by: 'maria', at, closedAt: at }
  const runs = takenBack.runs.map((one) => {
    if (one.deploy === null) return one
    const what = { ...one.deploy.what, state: 'rollback-failed' as const }
    const times = { ...what.times, restored: null }
    return { ...one, incidents: [change], deploy: { ...one.deploy, what: { ...what, times } } }
  })
  expect(executiveReport({ ...takenBack, runs })).toContain('Time to restore: 1 hour\n')
})

test('what is not on record is said to be missing, and no check, time or rate is made up', () => {
  const told = executiveReport(hardlyRecorded)
  expect(told).toContain('Build Time: not recorded')
  expect(told).toContain('- Checks: not recorded')
  expect(told).toContain('- Error rate: not recorded')
  expect(told).not.toMatch(/✅|0\.00|NaN/)
  expect(technicalLog(hardlyRecorded)).toMatchObject([
    { details: { duration_ms: null, verification: { type_check: null, tests: null } } },
  ])
})

test('nothing a repository says breaks out of the block on the pull request', () => {
  const [repair, deploy] = repairedAndDeployed.runs
  if (repair === undefined || deploy?.deploy == null) throw new Error('The story has two runs.')
  const evil = '```\n</details> @everyone <script>\n# boo'
  const facts = { ...deploy.deploy.what, title: evil }
  const account: Account = {
    taskId: null,
    runs: [{ ...deploy, deploy: { ...deploy.deploy, what: facts } }],
  }
  const body = reportBelow(deployNotice(facts), account)
  expect(body.startsWith(deployMarker(facts))).toBe(true)
  expect(body.match(/<\/details>$/gm)).toHaveLength(2)
  expect(body.split('\n').filter((line) => line.startsWith('# '))).toEqual([])
})

test('the data has the same texts and says which runs they are about', () => {
  expect(taskReportData(takenBack)).toMatchObject({
    task: '123e4567-e89b-12d3-a456-426614174000',
    runs: ['run_20251018-140000-00000001', 'run_20251018-140022-00000002'],
    notice: deployNews(takenBack),
    incident: { report_type: 'incident_report' },
  })
})
