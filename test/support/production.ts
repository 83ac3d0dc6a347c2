import type { DeploySetting } from '#domain/deploy-setting.ts'
import type { Counts } from '#domain/watch.ts'
import type {
  DeployOrder,
  DeployTarget,
  MetricSource,
  Probes,
  Reports,
} from '#ports/deployments.ts'

interface Clock {
  now(): Date
}

/** What a version is like: by its commit, how it builds, whether it answers, and how often it fails. */
export interface Version {
  readonly builds?: boolean
  /** Left out: 20. */
  readonly buildSeconds?: number
  readonly status?: number
  /** Nobody may ask it, for want of a setting. */
  readonly unaskedFor?: DeploySetting
  /** Nobody counts its errors, for want of a setting. */
  readonly uncountedFor?: DeploySetting
  /** People label an issue about it. */
  readonly isReported?: boolean
  /** Of 100 requests in a second. */
  readonly errorsPerSecond?: number
}

/** A production in memory on a clock of its own: a deploy takes 20 seconds as a rule, and 100 requests come every second. */
export function production(clock: Clock, versions: Readonly<Record<string, Version>>) {
  const orders: { order: DeployOrder; at: Date }[] = []
  const retired: string[] = []
  const history: { sha: string; from: Date }[] = [{ sha: '', from: new Date(0) }]
  const known = (sha: string): Version => versions[sha[0] ?? ''] ?? {}
  const target: DeployTarget = {
    async bring(order) {
      let one = orders.find(({ order: { key } }) => key === order.key)
      if (one === undefined) orders.push((one = { order, at: clock.now() }))
      const begun = { begunAt: one.at, trace: `https://builds.example/${order.task}` }
      const buildMs = 1000 * (known(order.sha).buildSeconds ?? 20)
      const at = new Date(one.at.getTime() + buildMs)
      if (clock.now() < at) return { kind: 'pending', ...begun }
      if (known(order.sha).builds === false)
        return { kind: 'failed', ...begun, detail: 'it does not compile' }
      if (!history.some(({ from, sha }) => sha === order.sha && from.getTime() === at.getTime()))
        history.push({ sha: order.sha, from: at })
      return { kind: 'live', ...begun, at, said: 'up' }
    },
    async retire({ key }) {
      retired.push(key)
    },
  }
  const liveAt = (time: Date): string => history.findLast(({ from }) => from <= time)?.sha ?? ''
  const metrics: MetricSource = {
    missing: async () => known(liveAt(clock.now())).uncountedFor ?? null,
    async count(_question, { from, to }): Promise<Counts | null> {
      if (known(liveAt(to)).uncountedFor !== undefined) return null
      let errors = 0
      const seconds = Math.round((to.getTime() - from.getTime()) / 1000)
      for (let second = 0; second < seconds; second++) {
        const time = new Date(from.getTime() + second * 1000)
        errors += known(liveAt(time)).errorsPerSecond ?? 0.1
      }
      return { errors: Math.round(errors), requests: seconds * 100 }
    },
  }
  const probes: Probes = {
    missing: async () => known(liveAt(clock.now())).unaskedFor ?? null,
    async ask(_probe, isGood) {
      const status = known(liveAt(clock.now())).status ?? 200
      const answer = { status, ms: 5, body: null, detail: `status ${status} in 5 ms` }
      return isGood(answer) ? [answer] : [answer, answer, answer]
    },
  }
  const reports: Reports = {
    labelled: async () => (known(liveAt(clock.now())).isReported === true ? [31] : []),
  }
  return {
    target,
    metrics,
    probes,
    reports,
    orders,
    retired,
    live: () => liveAt(clock.now())[0] ?? null,
  }
}
