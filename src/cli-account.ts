import { openAccounts } from '#adapters/postgres/open-reports.ts'
import { taskReport, taskReportData, unknownAccount } from '#messages/task-report.ts'

import { onRecord } from './cli-database.ts'
import { exitCodes } from './cli-settings.ts'

/** Prints the report of a task, or of the task of a run. Answers the exit code. */
export function reportCommand(id: string, { json }: { readonly json: boolean }): Promise<number> {
  return onRecord(async ({ pool }) => {
    const account = await openAccounts(pool).of(id)
    if (account === null) {
      process.stderr.write(`${unknownAccount(id)}\n`)
      return exitCodes.usage
    }
    const said = json ? JSON.stringify(taskReportData(account), null, 2) : taskReport(account)
    process.stdout.write(`${said.trimEnd()}\n`)
    return exitCodes.green
  })
}
