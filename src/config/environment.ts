import { join } from 'node:path'

import { z } from 'zod'

import {
  coderProblems,
  type CoderSettings,
  coderSettings,
  coderVariables,
} from './coder-variables.ts'
import { type DeploySettings, deploySettings, deployVariables } from './deploy-variables.ts'
import { type GitHubSettings, githubVariables } from './github-variables.ts'
import {
  notifyProblems,
  type NotifySettings,
  notifySettings,
  notifyVariables,
} from './notify-variables.ts'
import {
  type SelfTestSettings,
  selfTestSettings,
  selfTestVariables,
} from './self-test-variables.ts'
import {
  sentryProblems,
  type SentrySettings,
  sentrySettings,
  sentryVariables,
} from './sentry-variables.ts'
import {
  type TelemetrySettings,
  telemetrySettings,
  telemetryVariables,
} from './telemetry-variables.ts'

/** Everything the environment can set. Read once, at start; nobody else looks at `process.env`. */
export interface Settings {
  /** Where the database, the mirrors and the installed dependencies live. Absolute. */
  readonly home: string
  /** What a repository may take on disk: its history, and the files of one commit. */
  readonly repositoryBytes: number
  /** A PostgreSQL to use; null uses the embedded one. */
  readonly databaseUrl: string | null
  /** The kill switch: false stops every new side effect at once (I10). */
  readonly agentEnabled: boolean
  /** The service does everything but publish; what it would have published is on record. */
  readonly shadow: boolean
  /** The hosts that probes and metrics of repositories may ask; `*` for any. */
  readonly watchHosts: readonly string[]
  /** This process among others on one database; null lets the engine choose. */
  readonly executorId: string | null
  /** The registry that installs read from; null asks npm. */
  readonly registry: string | null
  readonly color: boolean
  /** True where nobody watches a terminal: plain lines instead of a moving tree. */
  readonly ci: boolean
  readonly github: GitHubSettings
  /** The model that is asked when no fixer helps; null where none is set. */
  readonly coder: CoderSettings | null
  /** Who can deploy besides GitHub. */
  readonly deploys: DeploySettings
  /** Where errors of production may be counted. */
  readonly sentry: SentrySettings
  /** Where people hear of deploys besides GitHub. */
  readonly notify: NotifySettings
  /** Where and when deploys are tried by themselves; null where nobody asked for that. */
  readonly selfTest: SelfTestSettings | null
  /** Metrics and traces of the service itself. */
  readonly telemetry: TelemetrySettings
  /** Where webhooks are taken. Port 0 takes a free one. */
  readonly host: string
  readonly port: number
}

interface Machine {
  readonly uid: number | null
  readonly userHome: string
}

/** The environment has a value we cannot use. The message names each, why, and what would do. */
export class InvalidEnvironmentError extends Error {
  constructor(lines: readonly string[]) {
    super(['The environment cannot be used:', ...lines].join('\n'))
    this.name = 'InvalidEnvironmentError'
  }
}

/** Environment → settings. Unset and empty mean the same. Throws InvalidEnvironmentError with all that is wrong. */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  machine: Machine,
): Settings {
  const set = Object.entries(environment).filter(([, value]) => value?.trim())
  const parsed = variables.safeParse(Object.fromEntries(set))
  if (!parsed.success) {
    // Never the value: a database URL carries a password.
    throw new InvalidEnvironmentError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    )
  }
  const found = parsed.data
  const problems = [...coderProblems(found), ...notifyProblems(found), ...sentryProblems(found)]
  if (problems.length > 0) throw new InvalidEnvironmentError(problems)
  return {
    home: found.GOALKEEPER_HOME ?? homeOf(found.XDG_DATA_HOME, machine),
    repositoryBytes: found.REPOSITORY_MEGABYTES * 1_000_000,
    databaseUrl: found.DATABASE_URL ?? null,
    agentEnabled: found.AGENT_ENABLED,
    shadow: found.AGENT_SHADOW,
    watchHosts: found.WATCH_HOSTS,
    executorId: found.EXECUTOR_ID ?? null,
    registry: found.GOALKEEPER_REGISTRY ?? null,
    color: found.NO_COLOR === undefined,
    ci: found.CI,
    github: {
      appId: found.APP_ID ?? null,
      privateKey: found.PRIVATE_KEY ?? null,
      webhookSecret: found.WEBHOOK_SECRET ?? null,
      apiUrl: found.GITHUB_API_URL,
    },
    ...othersIn(found),
    host: found.HOST,
    port: found.PORT,
  }
}

/** What has a file of its own. */
function othersIn(found: z.infer<typeof variables>) {
  return {
    coder: coderSettings(found),
    deploys: deploySettings(found),
    sentry: sentrySettings(found),
    notify: notifySettings(found),
    selfTest: selfTestSettings(found),
    telemetry: telemetrySettings(found),
  }
}

/** A service keeps its things under /var/lib, a person under their own data folder (XDG Base Directory). */
function homeOf(dataHome: string | undefined, { uid, userHome }: Machine): string {
  if (uid === 0) return '/var/lib/goalkeeper'
  // The specification says to ignore relative paths here.
  const base = dataHome?.startsWith('/') ? dataHome : join(userHome, '.local/share')
  return join(base, 'goalkeeper')
}

function url(protocol: RegExp, example: string) {
  return z.url({ protocol, error: `Not a URL we can use. Write it like ${example}.` })
}

const variables = z.object({
  ...githubVariables,
  ...coderVariables,
  ...deployVariables,
  ...sentryVariables,
  ...notifyVariables,
  ...selfTestVariables,
  ...telemetryVariables,
  GOALKEEPER_HOME: z
    .string()
    .startsWith('/', 'Not an absolute path. Begin it with a slash.')
    .optional(),
  XDG_DATA_HOME: z.string().optional(),
  // GitHub strongly recommends at most 5 GB (docs.github.com, "About large files on GitHub").
  REPOSITORY_MEGABYTES: z.coerce
    .number({ error: 'Not a number. Write it like REPOSITORY_MEGABYTES=5000.' })
    .int('Not a whole number.')
    .min(1, 'Use 1 at least.')
    .default(5000),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user:password@host:5432/goalkeeper').optional(),
  GOALKEEPER_REGISTRY: url(/^https?$/, 'https://registry.example.com/').optional(),
  AGENT_ENABLED: z
    .stringbool({
      error: 'Neither true nor false. Write AGENT_ENABLED=false to stop, or unset it.',
    })
    .default(true),
  AGENT_SHADOW: z
    .stringbool({ error: 'Neither true nor false. Write AGENT_SHADOW=true, or unset it.' })
    .default(false),
  WATCH_HOSTS: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    ),
  EXECUTOR_ID: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'Use at most 64 letters, digits, dots, hyphens and underscores.')
    .optional(),
  NO_COLOR: z.string().optional(),
  // Services set this to true, 1 or their name; only a plain "no" means no.
  CI: z
    .string()
    .default('false')
    .transform((value) => !['false', '0', 'no'].includes(value.toLowerCase())),
})
