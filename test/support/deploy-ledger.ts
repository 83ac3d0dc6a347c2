import type { DeployState } from '#domain/deploy.ts'
import type { Deployments, NewDeployment } from '#ports/deployments.ts'

interface Row extends NewDeployment {
  state: DeployState
  until: Date
  previous: string | null
  endedAt: Date | null
}

const began: ReadonlySet<DeployState> = new Set<DeployState>([
  'deploying',
  'live',
  'verified',
  'unverified',
  'rolled-back',
  'rollback-failed',
])

/** Deployments in memory, by the same rules as the database has them; `rows` is what is on record. */
export function memoryDeployments(): Deployments & { readonly rows: readonly Row[] } {
  const rows: Row[] = []
  const own = (runId: string): Row => {
    const found = rows.find((row) => row.runId === runId)
    if (found === undefined) throw new Error(`${runId} is not in line.`)
    return found
  }
  const beside = ({ repository, environment }: NewDeployment) =>
    rows.filter((row) => row.repository === repository && row.environment === environment)
  const first = (row: Row) => beside(row).find(({ endedAt }) => endedAt === null)
  return {
    rows,
    async enter(deployment, { until }) {
      if (!rows.some(({ runId }) => runId === deployment.runId))
        rows.push({ ...deployment, state: 'queued', until, previous: null, endedAt: null })
    },
    async turn(runId, { now, until }) {
      const row = own(runId)
      if (row.endedAt !== null) return 'lost'
      row.until = until
      for (const one of beside(row))
        if (one.endedAt === null && one.until < now) {
          one.state = one.state === 'queued' ? 'refused' : 'unverified'
          one.endedAt = now
        }
      return first(row) === row ? 'ours' : 'wait'
    },
    async begin(runId, { since }) {
      const row = own(runId)
      if (row.endedAt !== null || first(row) !== row) return { kind: 'turn-lost' }
      if (row.state !== 'queued') return { kind: 'begun', previous: row.previous }
      const before = beside(row)
        .filter((one) => one !== row && began.has(one.state))
        .toSorted((one, other) => Number(other.endedAt) - Number(one.endedAt))
      if (before.some(({ sha }) => sha === row.sha)) return { kind: 'deployed-before' }
      if (isHeld(before[0], since)) return { kind: 'on-hold' }
      row.previous = before.find(({ state }) => state === 'verified')?.sha ?? null
      row.state = 'deploying'
      return { kind: 'begun', previous: row.previous }
    },
    async underWay(repository, environment) {
      const there = rows.filter((row) => row.repository === repository && row.endedAt === null)
      const isThere = (row: Row) => environment === null || row.environment === environment
      return there.filter(isThere).map(({ runId }) => runId)
    },
    async live(runId) {
      const row = own(runId)
      if (row.state === 'deploying') row.state = 'live'
    },
    async end(runId, state, at) {
      const row = own(runId)
      if (row.endedAt !== null) return
      row.state = state
      row.endedAt = at
    },
  }
}

function isHeld(last: Row | undefined, since: Date): boolean {
  const isBack = last?.state === 'rolled-back' || last?.state === 'rollback-failed'
  return isBack && last.endedAt !== null && since <= last.endedAt
}
