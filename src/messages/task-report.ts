import { type Account, deployIn, emergencyOf, weighedIn } from '#domain/account.ts'

import { deployNews, incidentReport } from './deploy-news.ts'
import { executiveReport } from './executive-report.ts'
import { codeBlock, withinLimit } from './markdown.ts'
import { oneLine } from './plain-text.ts'
import { rollbackLine } from './rollback.ts'
import { lookWanted } from './second-look.ts'
import { technicalLog } from './technical-log.ts'
import { timeline } from './timeline.ts'
import { workLine } from './work-kind.ts'

/** All that is told of a task, for a terminal. */
export function taskReport(account: Account): string {
  return `${executiveReport(account)}\nTimeline:\n${timeline(account)}`
}

/** The same as data, with the notice, the log and the incident. */
export function taskReportData(account: Account) {
  return {
    version: 1,
    task: account.taskId,
    runs: account.runs.map(({ run }) => run.id),
    report: executiveReport(account),
    notice: deployNews(account),
    timeline: timeline(account),
    log: technicalLog(account),
    incident: incidentReport(account),
  }
}

/** Folded away below the notice of a deploy. */
export function reportBelow(notice: string, account: Account): string {
  const folded = [
    '<details><summary>Report</summary>',
    '',
    codeBlock(executiveReport(account)),
    '',
    '</details>',
    '<details><summary>Timeline</summary>',
    '',
    codeBlock(timeline(account)),
    '',
    '</details>',
  ]
  const weighed = weighedIn(account)
  const told = weighed === null ? [] : [workLine(weighed), rollbackLine(weighed.rollback)]
  const [deploy, emergency] = [deployIn(account), emergencyOf(account)]
  const isOpen = deploy !== null && emergency !== null && emergency.look === null
  const wanted = isOpen ? lookWanted(deploy.environment, deploy.sha) : null
  const lines = [...told, wanted].flatMap((line) => (line === null ? [] : [`- ${line}`]))
  const between = lines.length === 0 ? [] : [...lines, '']
  return withinLimit(`${notice}\n${between.join('\n')}\n${folded.join('\n')}`)
}

export function unknownAccount(id: string): string {
  return `There is no task and no run ${oneLine(id)} on record; npm run record lists the runs.`
}
