import type { OpenWait, WaitingDeploys } from '#ports/protection.ts'

interface Row extends OpenWait {
  readonly delivery: string
  readonly at: Date
  readonly answered: 'approved' | 'rejected' | null
  readonly since: number | null
}

/** Waiting jobs in memory, as the database keeps them. */
export function memoryWaits(): WaitingDeploys {
  const rows = new Map<string, Row>()
  const change = (wait: Pick<OpenWait, 'run' | 'environment'>, more: Partial<Row>) => {
    const row = rows.get(keyOf(wait))
    if (row !== undefined) rows.set(keyOf(wait), { ...row, ...more })
  }
  const open = () => [...rows.values()].filter(({ answered }) => answered === null)
  return {
    async enter(wait, delivery, at) {
      const before = rows.get(keyOf(wait))
      if (before?.delivery === delivery) return
      const fresh = { told: null, reports: 0, answered: null, since: before?.since ?? null }
      // In the order in which they asked last.
      rows.delete(keyOf(wait))
      rows.set(keyOf(wait), { ...wait, delivery, at, ...fresh })
    },
    open: async (_repository, pull) => open().filter((row) => row.pull === pull),
    older: async (than) => open().filter(({ at }) => at < than),
    told: async (wait, told) =>
      change(wait, { told, reports: (rows.get(keyOf(wait))?.reports ?? 0) + 1 }),
    answered: async (wait, answered) => change(wait, { answered }),
    async claim(wait, since) {
      const isTaken = [...rows.values()].some(
        (row) =>
          keyOf(row) !== keyOf(wait) &&
          row.environment === wait.environment &&
          row.pull === wait.pull &&
          row.since === since.getTime(),
      )
      if (!isTaken) change(wait, { since: since.getTime() })
      return !isTaken
    },
  }
}

function keyOf({ run, environment }: Pick<OpenWait, 'run' | 'environment'>): string {
  return `${run} ${environment}`
}
