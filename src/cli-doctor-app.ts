import { appHealth } from '#adapters/github/app-health.ts'
import { githubClients } from '#adapters/github/clients.ts'
import { webhookPath } from '#adapters/intake/routes.ts'
import { readAppManifest } from '#config/app-manifest.ts'
import { appCredentials } from '#config/credentials.ts'
import type { Settings } from '#config/environment.ts'
import { appDiagnoses, halfConfigured, noApp, unforeseenAnswer } from '#messages/app-diagnoses.ts'
import type { Diagnosis } from '#messages/doctor.ts'
import type { Clock } from '#ports/world.ts'

/** The App, when one is configured, as GitHub sees it. Never throws. */
export async function diagnoseApp(
  settings: Pick<Settings, 'github'>,
  clock: Clock,
): Promise<readonly Diagnosis[]> {
  const { appId, privateKey, webhookSecret } = settings.github
  if (appId === null && privateKey === null && webhookSecret === null) return [noApp]
  const credentials = credentialsOf(settings)
  if (typeof credentials === 'string') return [halfConfigured(credentials)]
  const { default_permissions: permissions, default_events: events } = readAppManifest()
  const wanted = { permissions, events }
  try {
    const health = await appHealth(githubClients(credentials).app, clock)
    return appDiagnoses(health, { appId: credentials.appId, wanted, webhookPath })
  } catch (error) {
    return [unforeseenAnswer(error instanceof Error ? error.message : String(error))]
  }
}

function credentialsOf(settings: Pick<Settings, 'github'>) {
  try {
    return appCredentials(settings)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
