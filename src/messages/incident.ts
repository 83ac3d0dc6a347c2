import { type Account, deployIn, incidentOf } from '#domain/account.ts'
import type { IncidentChange } from '#domain/incident.ts'

import { duration } from './duration.ts'
import { oneLine } from './plain-text.ts'
import { notRecorded, stamp } from './task-facts.ts'

/** How the incident of a deploy stands, and how long production was bad; nothing where there was none. */
export function incidentLines(account: Account): readonly string[] {
  const deploy = deployIn(account)
  if (deploy === null || !hadIncident.has(deploy.state)) return []
  const change = incidentOf(account)
  const { live, restored } = deploy.times
  const back = restored ?? change?.closedAt ?? null
  const isBack = live !== null && back !== null
  const took = isBack ? duration(back.getTime() - live.getTime()) : notRecorded
  return [
    `Incident: ${change === null ? 'not closed' : standsAs(change)}`,
    // What was never live was never bad.
    ...(deploy.state === 'not-deployed' ? [] : [`Time to restore: ${took}`]),
  ]
}

const hadIncident: ReadonlySet<string> = new Set(['rolled-back', 'rollback-failed', 'not-deployed'])

function standsAs({ number, by, closedAt, at }: IncidentChange): string {
  const who = oneLine(by)
  return closedAt === null
    ? `#${number} opened again by ${who} on ${stamp(at)}`
    : `#${number} closed by ${who} on ${stamp(closedAt)}`
}

/** A line of the timeline. */
export function incidentLine({ number, by, closedAt }: IncidentChange): string {
  return closedAt === null
    ? `🚨 INCIDENT: #${number} opened again by ${oneLine(by)}`
    : `🏁 INCIDENT: #${number} closed by ${oneLine(by)}`
}
