import { InvalidEnvironmentError, type Settings } from './environment.ts'

export interface AppCredentials {
  readonly appId: number
  readonly privateKey: string
  readonly webhookSecret: string
  readonly apiUrl: string
}

/** What the App cannot do without. Throws InvalidEnvironmentError that names everything missing, each with its remedy. */
export function appCredentials({ github }: Pick<Settings, 'github'>): AppCredentials {
  const { appId, privateKey, webhookSecret, apiUrl } = github
  if (appId === null || privateKey === null || webhookSecret === null)
    throw new InvalidEnvironmentError(missingIn(github))
  return { appId, privateKey, webhookSecret, apiUrl }
}

/** What `appCredentials` throws, and one line more. */
export function withoutCredentials({ github }: Pick<Settings, 'github'>, because: string): Error {
  return new InvalidEnvironmentError([...missingIn(github), because])
}

function missingIn(github: Settings['github']): readonly string[] {
  return remedies.filter(([name]) => github[name] === null).map(([, remedy]) => remedy)
}

const remedies = [
  ['appId', "APP_ID: Not set. It is the number under About on the App's page."],
  [
    'privateKey',
    "PRIVATE_KEY: Not set. Make one under Private keys on the App's page and name its file.",
  ],
  [
    'webhookSecret',
    "WEBHOOK_SECRET: Not set. Make one with openssl rand -hex 32 and enter it on the App's page, too.",
  ],
] as const
