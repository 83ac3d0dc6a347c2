import type { Pool } from 'pg'
import { z } from 'zod'

import { type GateRules, gateRules } from '#domain/gate.ts'

/** Rules of an environment, as they were when somebody decided about it last. */
export interface DecidedPlan {
  /** GitHub's number. */
  readonly repository: number
  readonly environment: string
  readonly rules: GateRules
}

const row = z.object({ repository: z.coerce.number(), environment: z.string(), plan: z.string() })

/** Older rules say nothing about today's. */
const days = 90

/** Of each environment that somebody decided about lately; none where the tables are not there yet. */
export async function decidedPlans(pool: Pool): Promise<readonly DecidedPlan[]> {
  const there = await pool.query(`select 1 where to_regclass('goalkeeper.decisions') is not null`)
  if (there.rowCount === 0) return []
  const { rows } = await pool.query(
    `select distinct on (repository, environment) repository, environment, plan from goalkeeper.decisions
      where recorded_at > now() - make_interval(days => $1) order by repository, environment, sequence desc`,
    [days],
  )
  return rows.flatMap((found) => {
    const { repository, environment, plan } = row.parse(found)
    const [, told]: readonly unknown[] = JSON.parse(plan)
    const { data: rules } = gateRules.safeParse(told)
    return rules === undefined ? [] : [{ repository, environment, rules }]
  })
}
