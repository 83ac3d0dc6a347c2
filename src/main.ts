import { openDatabase } from '#adapters/postgres/database.ts'
import { ownSecrets, secretsAmong } from '#adapters/secrets/own-secrets.ts'
import { systemClock } from '#adapters/system/world.ts'
import { appCredentials } from '#config/credentials.ts'
import { InvalidEnvironmentError, type Settings } from '#config/environment.ts'
import { unforeseen } from '#messages/command-line.ts'
import { leaving, left } from '#messages/intake.ts'
import { shadowLine } from '#messages/withheld.ts'

import { type GateSweepParts, keepGatesTrue } from './app-gate-sweep.ts'
import { openGitHub } from './app-github.ts'
import { hubHandlers, type HubParts } from './app-hub.ts'
import { openIntake } from './app-intake.ts'
import { serviceNarrator } from './app-narrator.ts'
import { isUnregistered, register } from './app-registration.ts'
import { afterShowing } from './app-shown.ts'
import { type App, openApp } from './app.ts'
import { envFile, exitCodes, explained, settings } from './cli-settings.ts'

/** The service: webhooks in, until somebody stops it. */
try {
  const wished = wishToStop()
  const read = settings()
  const isRegistered =
    !isUnregistered(read) || (await register({ settings: read, envFile: envFile(), tell, wished }))
  if (isRegistered) await serve(settings(), wished)
} catch (error) {
  process.stderr.write(`${unforeseen(explained(error))}\n`)
  process.exitCode = error instanceof InvalidEnvironmentError ? exitCodes.usage : exitCodes.machine
}

async function serve(of: Settings, wished: Promise<void>): Promise<void> {
  const credentials = appCredentials(of)
  const secrets = ownSecrets(secretsAmong(of))
  const log = (line: string): void => tell(secrets.inText(line))
  // The engine opens its own connections; the embedded server is shared by all who open it.
  const database = await openDatabase({ databaseUrl: of.databaseUrl, directory: of.home })
  const host = openGitHub(credentials, secrets)
  const { hosting, webUrl } = host
  const { agentEnabled: enabled, shadow } = of
  const around = { hosting, webUrl, enabled, shadow, coder: of.coder !== null }
  if (shadow) tell(shadowLine)
  const listener = serviceNarrator(log)
  const opening = openApp({ settings: of, env: process.env, listener, host, secrets })
  try {
    // The door opens first: what comes while the rest gets ready is kept.
    const intake = await openIntake({
      databaseUrl: database.url,
      credentials,
      secrets,
      clients: host.clients,
      at: of,
      handlers: async () => hubHandlers({ ...(await opening), ...around }),
      tell: log,
    })
    // In shadow mode nothing is shown, and nothing has to be taken back.
    const sweeping = opening.then((app) =>
      shadow ? null : keepGatesTrue(sweepParts({ ...app, ...around }), tell),
    )
    await Promise.race([wished, opening.then(() => wished)]).finally(async () => {
      tell(leaving())
      await intake.stop()
      await sweeping.then((gates) => gates?.stop(), nothing)
    })
  } finally {
    await opening.then((app) => app.stop(), nothing)
    await database.stop()
  }
  tell(left())
}

/** What closes by itself is told to the same as what somebody closes. */
function sweepParts(parts: App & HubParts): GateSweepParts {
  const timed = { ...parts, clock: systemClock }
  return { ...timed, shown: afterShowing(timed, parts) }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Resolves at the first wish to stop; a second one ends the process as it is, and the inbox has what is left. */
function wishToStop(): Promise<void> {
  return new Promise((resolve) => {
    let isLeaving = false
    // The listeners stay: a library that finds itself alone with a signal raises it again, and ends us by it.
    const stop = (): void => {
      if (isLeaving) process.exit(exitCodes.machine)
      isLeaving = true
      resolve()
    }
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
  })
}

/** What did not open has said why and has nothing to stop. */
function nothing(): void {
  // Nothing.
}
