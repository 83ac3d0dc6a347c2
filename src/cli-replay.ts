import { openAccounts, openGateRecords } from '#adapters/postgres/open-reports.ts'
import type { GateRecord } from '#domain/gate-record.ts'
import { different, replayText } from '#messages/replay.ts'
import { unknownAccount } from '#messages/task-report.ts'
import { replay } from '#policy/replay.ts'

import { onRecord } from './cli-database.ts'
import { exitCodes } from './cli-settings.ts'

/** Prints what today's rules decide from the facts of a task. Answers the exit code: 1 where something differs. */
export function replayCommand(id: string, { json }: { readonly json: boolean }): Promise<number> {
  return onRecord(async ({ pool }) => {
    const account = await openAccounts(pool).of(id)
    if (account === null) {
      process.stderr.write(`${unknownAccount(id)}\n`)
      return exitCodes.usage
    }
    const records = openGateRecords(pool)
    const gates = new Map<string, GateRecord>()
    for (const { run } of account.runs) {
      const found = await records.of(run.id)
      if (found !== null) gates.set(run.id, found)
    }
    const all = replay(account, gates)
    process.stdout.write(json ? `${JSON.stringify(all, null, 2)}\n` : replayText(all))
    return different(all).length > 0 ? exitCodes.red : exitCodes.green
  })
}
