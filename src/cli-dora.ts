import type { Pool } from 'pg'

import {
  openDeliveries,
  openEmergencies,
  openMendingTasks,
} from '#adapters/postgres/open-reports.ts'
import { systemClock } from '#adapters/system/world.ts'
import { doraText } from '#messages/dora.ts'
import { effectText } from '#messages/effect.ts'
import { emergenciesText } from '#messages/second-look.ts'
import { doraOf } from '#policy/dora.ts'
import { effectOf } from '#policy/effect.ts'
import { objectivesOf } from '#policy/objectives.ts'

import { onRecord } from './cli-database.ts'
import { exitCodes } from './cli-settings.ts'

interface DoraOptions {
  readonly json: boolean
  readonly days: number
}

/**
 * Prints DORA's five measures, how the objectives stand, and what all of it was good for. Answers the exit code: 1 where
 * an objective is beyond its alert.
 */
export function doraCommand({ json, days }: DoraOptions): Promise<number> {
  return onRecord(async ({ pool }) => {
    const { now, before } = await monthsOf(pool, days)
    const [dora, objectives] = [doraOf(now.deliveries, days), objectivesOf(now.deliveries)]
    const effect = effectOf(now.tasks, now.deliveries, days)
    const effectBefore = effectOf(before.tasks, before.deliveries, days)
    const emergencies = await openEmergencies(pool).since(ago(days, 1))
    const said = json
      ? JSON.stringify({ version: 1, dora, objectives, emergencies, effect, effectBefore }, null, 2)
      : `${doraText(dora, objectives)}\n${emergenciesText(emergencies)}\n${effectText(effect, effectBefore)}`
    process.stdout.write(`${said.trimEnd()}\n`)
    return objectives.some(({ state }) => state === 'alert') ? exitCodes.red : exitCodes.green
  })
}

/** What ended within so many days, and within as many before. */
async function monthsOf(pool: Pool, days: number) {
  const [deliveries, tasks] = [openDeliveries(pool), openMendingTasks(pool)]
  const since = ago(days, 1)
  const now = { deliveries: await deliveries.since(since), tasks: await tasks.since(since) }
  const known = new Set([
    ...now.deliveries.map(({ runId }) => runId),
    ...now.tasks.map(({ taskId }) => taskId),
  ])
  const before = {
    deliveries: (await deliveries.since(ago(days, 2))).filter(({ runId }) => !known.has(runId)),
    tasks: (await tasks.since(ago(days, 2))).filter(({ taskId }) => !known.has(taskId)),
  }
  return { now, before }
}

function ago(days: number, times: number): Date {
  return new Date(systemClock.now().getTime() - times * days * 86_400_000)
}
