import { decodeProtectedHeader, decodeJwt, importSPKI, jwtVerify } from 'jose'

import { accountCalled, type House } from './house.ts'
import { Refusal } from './refusal.ts'
import type { Account, App, InstallationToken } from './state.ts'

/** Who asks. */
export type Actor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'installation'; readonly token: InstallationToken }
  | { readonly kind: 'user'; readonly account: Account }

/** GitHub lets an app's token live for ten minutes at most. */
const longestLife = 600
/** And forgives clocks that differ by this much, in seconds. */
const tolerance = 60

/** Who an `Authorization` header names; refuses what it does not know with 401. */
export async function actorOf(house: House, header: string | undefined): Promise<Actor> {
  if (header === undefined) return { kind: 'nobody' }
  const [scheme = '', credential = ''] = header.split(' ')
  const secret = scheme.toLowerCase() === 'basic' ? passwordOf(credential) : credential
  return secret.split('.').length === 3
    ? { kind: 'app', app: await appOf(house, secret) }
    : byToken(house, secret)
}

/** The account an actor acts as. */
export function accountOf(actor: Actor): Account | null {
  switch (actor.kind) {
    case 'nobody':
      return null
    case 'app':
      return actor.app.bot
    case 'installation':
      return actor.token.installation.app.bot
    case 'user':
      return actor.account
  }
}

export function appBehind(actor: Actor): App | null {
  if (actor.kind === 'app') return actor.app
  return actor.kind === 'installation' ? actor.token.installation.app : null
}

function byToken(house: House, secret: string): Actor {
  const token = house.state.tokens.get(secret)
  if (token !== undefined) {
    const { installation, expiresAt } = token
    if (expiresAt <= house.now()) throw badCredentials()
    if (installation.suspendedAt !== null)
      throw new Refusal(403, 'This installation has been suspended')
    return { kind: 'installation', token }
  }
  const account = [...house.state.accounts.values()].find((one) => one.token === secret)
  if (account === undefined) throw badCredentials()
  return { kind: 'user', account: accountCalled(house, account.login) ?? account }
}

async function appOf(house: House, jwt: string): Promise<App> {
  const app = house.state.apps.get(issuerOf(jwt))
  if (app === undefined) throw new Refusal(401, 'A JSON web token could not be decoded')
  const key = await importSPKI(app.publicKey, 'RS256')
  try {
    const { payload } = await jwtVerify(jwt, key, {
      algorithms: ['RS256'],
      requiredClaims: ['iat', 'exp'],
      clockTolerance: 0,
      currentDate: house.now(),
    })
    const now = house.now().getTime() / 1000
    if ((payload.exp ?? 0) > now + longestLife + tolerance) throw tooFar()
    if ((payload.iat ?? 0) > now + tolerance) throw tooFar()
    return app
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(401, 'A JSON web token could not be decoded')
  }
}

function issuerOf(jwt: string): number {
  try {
    decodeProtectedHeader(jwt)
    return Number(decodeJwt(jwt).iss)
  } catch {
    return Number.NaN
  }
}

function tooFar(): Refusal {
  return new Refusal(
    401,
    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires and is at most 10 minutes away",
  )
}

function badCredentials(): Refusal {
  return new Refusal(401, 'Bad credentials')
}

/** Git sends `x-access-token:<token>`. */
function passwordOf(credential: string): string {
  const text = Buffer.from(credential, 'base64').toString()
  return text.slice(text.indexOf(':') + 1)
}
