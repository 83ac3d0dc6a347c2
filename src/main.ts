import { installedAt } from '#adapters/github/installed.ts'
import { openDatabase } from '#adapters/postgres/database.ts'
import { ownSecrets, secretsAmong } from '#adapters/secrets/own-secrets.ts'
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
import { keepUp } from './app-upkeep.ts'
import { weigherOf } from './app-weigh.ts'
import { openApp } from './app.ts'
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
  const host = openGitHub(credentials, secrets, of)
  const { hosting, webUrl } = host
  const { agentEnabled: enabled, shadow } = of
  const around = { hosting, webUrl, enabled, shadow, coder: of.coder !== null }
  if (shadow) tell(shadowLine)
  const listener = serviceNarrator(log)
  const opening = openApp({ settings: of, env: process.env, listener, host, secrets })
  const weigh = opening.then(({ repositories }) => weigherOf(repositories, webUrl))
  try {
    // The door opens first: what comes while the rest gets ready is kept.
    const intake = await openIntake({
      databaseUrl: database.url,
      credentials,
      secrets,
      clients: host.clients,
      at: of,
      handlers: async () => hubHandlers({ ...(await opening), weigh: await weigh, ...around }),
      tell: log,
    })
    const find = installedAt(host.clients)
    const upkeep = weigh.then(async (weigher) =>
      keepUp(await opening, { settings: of, hosting, webUrl, weigh: weigher, find, tell: log }),
    )
    await Promise.race([wished, upkeep.then(() => wished)]).finally(async () => {
      tell(leaving())
      await intake.stop()
      await upkeep.then((all) => all.stop(), nothing)
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
