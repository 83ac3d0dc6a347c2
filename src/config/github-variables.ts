import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { z } from 'zod'

/** What connects this installation of Goalkeeper with its GitHub App; the command line does without. */
export interface GitHubSettings {
  readonly appId: number | null
  /** PEM, PKCS#8, whatever it was given as. */
  readonly privateKey: string | null
  readonly webhookSecret: string | null
  /** Without a slash at its end. */
  readonly apiUrl: string
}

/** A guessed secret lets anybody pose as GitHub. */
const shortestSecret = 16

const privateKey = z.string().transform((value, context) => {
  try {
    return pemOf(textOf(value))
  } catch (error) {
    const message = error instanceof Unusable ? error.message : notAKey
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
})

/** The variables about GitHub; none of their messages repeats a value. */
export const githubVariables = {
  APP_ID: wholeNumber("Not the number GitHub shows as App ID on the App's page.").optional(),
  PRIVATE_KEY: privateKey.optional(),
  WEBHOOK_SECRET: z
    .string()
    .min(
      shortestSecret,
      `Shorter than ${shortestSecret} characters. Make one with: openssl rand -hex 32`,
    )
    .optional(),
  GITHUB_API_URL: z
    .url({
      protocol: /^https?$/,
      error: 'Not a URL we can use. Write it like https://github.example.com/api/v3.',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://api.github.com'),
  PORT: wholeNumber('Not a port. Write a number from 1 to 65535.', 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'Not a host name or address. Write it like 127.0.0.1 or 0.0.0.0.')
    .default('127.0.0.1'),
}

function wholeNumber(error: string, most = Number.MAX_SAFE_INTEGER) {
  const digits = z.string().regex(/^\d{1,16}$/, error)
  return digits.transform(Number).pipe(z.number().max(most, error))
}

class Unusable extends Error {}

const notAKey =
  'Not a private key. Give the text of the .pem file that GitHub made for the App, or its path.'

/** The text itself, with line ends written out as in one-line files, or what the named file holds. */
function textOf(value: string): string {
  if (value.includes('-----BEGIN')) return value.replaceAll(String.raw`\n`, '\n')
  try {
    return readFileSync(value, 'utf8')
  } catch {
    throw new Unusable(
      'Neither a private key nor a file we can read. Give the text of the .pem file, or its path.',
    )
  }
}

function pemOf(text: string): string {
  const key = createPrivateKey(text)
  if (key.asymmetricKeyType !== 'rsa') {
    throw new Unusable("Not an RSA key. Make one under Private keys on the App's page.")
  }
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}
