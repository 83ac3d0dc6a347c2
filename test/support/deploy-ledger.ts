import type { DeployState } from '#domain/deploy.ts'
import type { Deployments, NewDeployment } from '#ports/deployments.ts'

interface Row extends NewDeployment {
  readonly takesBack: string | null
  readonly by: string | null
  readonly enteredAt: Date
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
  const inLine = (place: Pick<Row, 'repository' | 'environment'>) =>
    rows
      .filter((row) => row.repository === place.repository && row.environment === place.environment)
      .filter(({ endedAt }) => endedAt === null)
      .toSorted((one, other) => rankOf(one) - rankOf(other))
  const first = (row: Row) => inLine(row)[0]
  return {
    rows,
    async enter(deployment, { now, until }) {
      if (!rows.some(({ runId }) => runId === deployment.runId))
        rows.push({ ...deployment, ...entered(now, until), takesBack: null, by: null })
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
      const ahead = first(row)
      if (row.endedAt !== null) return { kind: 'turn-lost' }
      if (ahead !== row) return { kind: ahead?.takesBack ? 'on-hold' : 'turn-lost' }
      if (row.state !== 'queued') return { kind: 'begun', previous: row.previous }
      const before = beside(row)
        .filter((one) => one !== row && began.has(one.state))
        .toSorted((one, other) => Number(other.endedAt) - Number(one.endedAt))
      if (before.some(({ sha }) => sha === row.sha)) return { kind: 'deployed-before' }
      if (isHeld(before[0], since)) return { kind: 'on-hold' }
      const back = new Set(before.filter(isBack).map(({ sha }) => sha))
      row.previous =
        before.find(({ state, sha }) => state === 'verified' && !back.has(sha))?.sha ?? null
      row.state = 'deploying'
      return { kind: 'begun', previous: row.previous }
    },
    async underWay(repository, environment) {
      return inLine({ repository, environment }).map(({ runId }) => runId)
    },
    async past(repository, environment) {
      return rows.filter((row) => row.repository === repository && row.environment === environment)
    },
    async askBack(way, { now, until }) {
      const open = inLine(way).find(({ takesBack }) => takesBack !== null)
      if (open !== undefined && open.runId !== way.runId) return 'under-way'
      if (!rows.some(({ runId }) => runId === way.runId))
        rows.push({ ...way, ...entered(now, until) })
      return 'entered'
    },
    async takeBack(runId, previous) {
      const row = own(runId)
      if (row.endedAt !== null || first(row) !== row) return 'turn-lost'
      row.previous = previous
      row.state = 'deploying'
      return 'begun'
    },
    async askedBack(runId) {
      const way = rows.find(({ takesBack, endedAt }) => takesBack === runId && endedAt === null)
      return way?.by ?? null
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
  return last !== undefined && isBack(last) && last.endedAt !== null && since <= last.endedAt
}

function isBack({ state }: Row): boolean {
  return state === 'rolled-back' || state === 'rollback-failed'
}

function rankOf({ state, takesBack }: Row): number {
  if (state !== 'queued') return 0
  return takesBack === null ? 2 : 1
}

function entered(enteredAt: Date, until: Date) {
  return { enteredAt, until, state: 'queued' as const, previous: null, endedAt: null }
}
