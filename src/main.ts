import { openDatabase } from '#adapters/postgres/database.ts'
import { appCredentials } from '#config/credentials.ts'
import { InvalidEnvironmentError, type Settings } from '#config/environment.ts'
import { unforeseen } from '#messages/command-line.ts'
import { leaving, left } from '#messages/intake.ts'
import { shadowLine } from '#messages/withheld.ts'

import { openGitHub } from './app-github.ts'
import { hubHandlers } from './app-hub.ts'
import { openIntake } from './app-intake.ts'
import { serviceNarrator } from './app-narrator.ts'
import { isUnregistered, register } from './app-registration.ts'
import { openApp } from './app.ts'
import { envFile, exitCodes, settings } from './cli-settings.ts'

/** The service: webhooks in, until somebody stops it. */
try {
  const wished = wishToStop()
  const read = settings()
  const isRegistered =
    !isUnregistered(read) || (await register({ settings: read, envFile: envFile(), tell, wished }))
  if (isRegistered) await serve(settings(), wished)
} catch (error) {
  process.stderr.write(`${unforeseen(error instanceof Error ? error.message : String(error))}\n`)
  process.exitCode = error instanceof InvalidEnvironmentError ? exitCodes.usage : exitCodes.machine
}

async function serve(of: Settings, wished: Promise<void>): Promise<void> {
  const credentials = appCredentials(of)
  // The engine opens its own connections; the embedded server is shared by all who open it.
  const database = await openDatabase({ databaseUrl: of.databaseUrl, directory: of.home })
  const host = openGitHub(credentials)
  const { hosting, webUrl } = host
  const { agentEnabled: enabled, shadow } = of
  const around = { hosting, webUrl, enabled, shadow, coder: of.coder !== null }
  if (shadow) tell(shadowLine)
  const opening = openApp({ settings: of, env: process.env, listener: serviceNarrator(tell), host })
  try {
    // The door opens first: what comes while the rest gets ready is kept.
    const intake = await openIntake({
      databaseUrl: database.url,
      credentials,
      clients: host.clients,
      at: of,
      handlers: async () => hubHandlers({ ...(await opening), ...around }),
      tell,
    })
    await Promise.race([wished, opening.then(() => wished)]).finally(() => {
      tell(leaving())
      return intake.stop()
    })
  } finally {
    await opening.then((app) => app.stop(), nothing)
    await database.stop()
  }
  tell(left())
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
