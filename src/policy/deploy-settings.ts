import { type DeploySetting, mayAsk, mayCount } from '#domain/deploy-setting.ts'
import type { DeployMeans, DeployPlan, MetricQuestion, Probe } from '#domain/deploy.ts'

/** What whoever runs the service has set. */
export interface SetUp {
  readonly hasVercel: boolean
  readonly hasCommands: boolean
  /** Null where Sentry is not set. */
  readonly sentryProjects: readonly string[] | null
  readonly watchHosts: readonly string[]
}

/** What is not set and would have to be for a plan to be followed; each once. */
export function missingSettings(plan: DeployPlan, set: SetUp): readonly DeploySetting[] {
  const metrics = plan.metrics === null ? null : missingForMetrics(plan.metrics, set)
  const probes = plan.probes.map((probe) => missingForProbe(probe, set))
  const found = [missingForMeans(plan.by, set), metrics, ...probes]
  return [...new Set(found.filter((one) => one !== null))]
}

/** Without what a probe may not be asked; null where it may. */
export function missingForProbe(
  { url }: Pick<Probe, 'url'>,
  { watchHosts }: Pick<SetUp, 'watchHosts'>,
): DeploySetting | null {
  return mayAsk(watchHosts, url) ? null : 'WATCH_HOSTS'
}

/** Without what nothing is counted there; null where it is set. */
export function missingForMetrics(
  question: MetricQuestion,
  { sentryProjects, watchHosts }: Pick<SetUp, 'sentryProjects' | 'watchHosts'>,
): DeploySetting | null {
  if ('sentry' in question) {
    if (sentryProjects === null) return 'SENTRY_TOKEN'
    return mayCount(sentryProjects, question) ? null : 'SENTRY_PROJECTS'
  }
  const address = 'json' in question ? question.json : question.prometheus
  return mayAsk(watchHosts, address) ? null : 'WATCH_HOSTS'
}

function missingForMeans(
  by: DeployMeans | null,
  { hasVercel, hasCommands }: SetUp,
): DeploySetting | null {
  if (by === null) return null
  if (by === 'command') return hasCommands ? null : 'DEPLOY_COMMANDS'
  return 'workflow' in by || hasVercel ? null : 'VERCEL_TOKEN'
}
