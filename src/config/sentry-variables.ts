import { z } from 'zod'

/** Where errors are counted by Sentry; null where it is not set. */
export type SentrySettings = {
  /** Without a slash at its end. */
  readonly url: string
  readonly token: string
  /** What configurations of repositories may count: `organization/project`, or `*`. */
  readonly projects: readonly string[]
} | null

/** None of their messages repeats a value. */
export const sentryVariables = {
  SENTRY_TOKEN: z.string().min(8, 'Shorter than eight characters, so not a token.').optional(),
  SENTRY_PROJECTS: z
    .string()
    .transform((value) => value.split(',').map((one) => one.trim()))
    .pipe(
      z.array(
        z
          .string()
          .regex(/^(\*|[\w-]+\/\d+)$/, 'Not projects. Write them like acme/4501, acme/4502.'),
      ),
    )
    .optional(),
  SENTRY_URL: z
    .url({ protocol: /^https?$/, error: 'Not a URL we can use. Write it like https://sentry.io.' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://sentry.io'),
}

const variables = z.object(sentryVariables)
type Found = z.infer<typeof variables>

/** What of the variables does not go together, each with its remedy; empty where all is well. */
export function sentryProblems(found: Found): readonly string[] {
  const { SENTRY_TOKEN: token, SENTRY_PROJECTS: projects } = found
  if ((token === undefined) === (projects === undefined)) return []
  const missing = token === undefined ? 'SENTRY_TOKEN' : 'SENTRY_PROJECTS'
  return [`${missing}: Not set, and SENTRY_TOKEN, SENTRY_PROJECTS only work together.`]
}

/** Asked once there is no problem. */
export function sentrySettings(found: Found): SentrySettings {
  const { SENTRY_TOKEN: token, SENTRY_PROJECTS: projects, SENTRY_URL: url } = found
  return token === undefined || projects === undefined ? null : { url, token, projects }
}
