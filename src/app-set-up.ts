import type { Settings } from '#config/environment.ts'
import type { SetUp } from '#policy/deploy-settings.ts'

type SetFor = Pick<Settings, 'deploys' | 'sentry' | 'watchHosts'>

/** What is set of what rules of repositories may need. */
export function setUpOf({ deploys, sentry, watchHosts }: SetFor): SetUp {
  const sentryProjects = sentry?.projects ?? null
  const { vercel, commands } = deploys
  return { hasVercel: vercel !== null, hasCommands: commands !== null, sentryProjects, watchHosts }
}
