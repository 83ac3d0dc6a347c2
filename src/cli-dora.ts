import { openDeliveries } from '#adapters/postgres/open-reports.ts'
import { systemClock } from '#adapters/system/world.ts'
import { doraText } from '#messages/dora.ts'
import { doraOf } from '#policy/dora.ts'
import { objectivesOf } from '#policy/objectives.ts'

import { onRecord } from './cli-database.ts'
import { exitCodes } from './cli-settings.ts'

/** Prints DORA's five measures and how the objectives stand. Answers the exit code: 1 where one is beyond its alert. */
export function doraCommand(of: {
  readonly json: boolean
  readonly days: number
}): Promise<number> {
  return onRecord(async ({ pool }) => {
    const since = new Date(systemClock.now().getTime() - of.days * 86_400_000)
    const deliveries = await openDeliveries(pool).since(since)
    const [dora, objectives] = [doraOf(deliveries, of.days), objectivesOf(deliveries)]
    const said = of.json
      ? JSON.stringify({ version: 1, dora, objectives }, null, 2)
      : doraText(dora, objectives)
    process.stdout.write(`${said.trimEnd()}\n`)
    return objectives.some(({ state }) => state === 'alert') ? exitCodes.red : exitCodes.green
  })
}
