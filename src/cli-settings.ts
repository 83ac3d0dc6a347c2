import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

import { ownSecrets, secretsAmong } from '#adapters/secrets/own-secrets.ts'
import { InvalidEnvironmentError, readEnvironment, type Settings } from '#config/environment.ts'

/** What the environment of this process says. Throws InvalidEnvironmentError with one readable sentence per problem. */
export function settings(): Settings {
  loadEnvFile()
  return readEnvironment(process.env, {
    uid: process.getuid?.() ?? null,
    userHome: homedir(),
  })
}

/** What an error says, without our secrets. What is said of a bad environment has no value of it. */
export function explained(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  return error instanceof InvalidEnvironmentError
    ? said
    : ownSecrets(secretsAmong(settings())).inText(said)
}

/** Where settings are kept: `.env` beside the README, unless GOALKEEPER_ENV_FILE names another file. */
export function envFile(): string {
  return process.env['GOALKEEPER_ENV_FILE'] ?? join(import.meta.dirname, '../.env')
}

/** What the environment already says wins over the file; empty says nothing. */
function loadEnvFile(): void {
  const file = envFile()
  if (!existsSync(file)) return
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8'))))
    if (!process.env[name]?.trim()) process.env[name] = value
}

/** Where the person who typed the command stands: npm starts scripts in the package's own folder. */
export function callerDirectory(): string {
  return process.env['INIT_CWD'] ?? process.cwd()
}

/** Documented in the README; scripts rely on them. */
export const exitCodes = {
  /** Everything that was red is fixed and proved, or nothing was red. */
  green: 0,
  /** Something is red and was not fixed; the report says why. */
  red: 1,
  /** The question was wrong: no repository, no commit, a bad option or configuration. */
  usage: 2,
  /** This machine cannot do it: no sandbox, no database, an old Node. */
  machine: 3,
  /** Ctrl-C. */
  interrupted: 130,
} as const
