import { type Account, deployIn } from '#domain/account.ts'
import { type ChannelName, type News } from '#domain/news.ts'
import { json } from '#domain/outcome.ts'

import { deployNews } from './deploy-news.ts'
import { duration } from './duration.ts'
import { oneLine, shortened } from './plain-text.ts'
import { subjectOf } from './task-facts.ts'
import { taskReport, taskReportData } from './task-report.ts'

/** What is told of a deploy that ended; null where none did. */
export function newsOfDeploy(account: Account): News | null {
  const deploy = deployIn(account)
  const brief = deployNews(account)
  if (deploy === null || brief === null) return null
  const { state, environment, runId } = deploy
  const [head = ''] = brief.split('\n', 1)
  const subject = shortened(`${head}: ${oneLine(environment)}, ${subjectOf(account)}`, 150)
  return {
    key: `deploy ${runId}`,
    type: `deploy.${state}`,
    subject,
    brief: `${brief}\nEnvironment: ${oneLine(environment)}\nRun: ${runId}\n`,
    full: `${brief}\n${taskReport(account)}`,
    data: json.parse(JSON.parse(JSON.stringify({ environment, ...taskReportData(account) }))),
  }
}

/** Lines for who runs the service. */
export function notTold(channel: ChannelName, problem: string, afterMs: number | null): string {
  const next = afterMs === null ? 'it is given up' : `again in ${duration(afterMs)}`
  return `News could not be told by ${channel}: it ${oneLine(problem)}; ${next}.`
}

export function outboxFailed(because: string): string {
  return `What waits to be told could not be looked at: ${oneLine(because)}`
}
