import type { DeploySetting } from '#domain/deploy-setting.ts'

const lacks: Readonly<Record<DeploySetting, string>> = {
  VERCEL_TOKEN: 'VERCEL_TOKEN is not set for Goalkeeper, so Vercel deploys nothing',
  DEPLOY_COMMANDS: 'DEPLOY_COMMANDS is not set for Goalkeeper, so no command deploys',
  SENTRY_TOKEN:
    'SENTRY_TOKEN and SENTRY_PROJECTS are not set for Goalkeeper, so Sentry counts nothing',
  SENTRY_PROJECTS: 'SENTRY_PROJECTS of Goalkeeper does not name the project that is to be counted',
  WATCH_HOSTS: 'WATCH_HOSTS of Goalkeeper does not name the host that is to be asked',
}

/** What whoever runs the service did not set, and what does not happen for that. */
export function settingMissing(setting: DeploySetting): string {
  return lacks[setting]
}
