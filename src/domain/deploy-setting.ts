import type { MetricQuestion } from './deploy.ts'

/** What whoever runs the service has to set before the rules of a repository can be followed. */
export type DeploySetting =
  | 'VERCEL_TOKEN'
  | 'DEPLOY_COMMANDS'
  | 'SENTRY_TOKEN'
  | 'SENTRY_PROJECTS'
  | 'WATCH_HOSTS'

/** Whether an address may be asked: its `host` or `host:port` is named, or any is by `*`. */
export function mayAsk(hosts: readonly string[], address: string): boolean {
  const { host, hostname } = new URL(address)
  return [host, hostname, '*'].some((one) => hosts.includes(one))
}

/** Whether a project of Sentry may be counted: `organization/project` is named, or any is by `*`. */
export function mayCount(
  projects: readonly string[],
  { sentry, project }: Extract<MetricQuestion, { sentry: string }>,
): boolean {
  return [`${sentry}/${project}`, '*'].some((one) => projects.includes(one))
}
