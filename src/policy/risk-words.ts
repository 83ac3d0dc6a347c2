import picomatch from 'picomatch'

import type { RiskClass } from '#domain/risk.ts'

import { wordsOf } from './paths.ts'

type Named = Exclude<RiskClass, 'unknown' | 'breaking-api'>

/** The classes a path alone puts a file in. */
export function pathClasses(path: string): readonly RiskClass[] {
  const found = classes.filter(
    (risk) => globs[risk].some((glob) => matches(glob, path)) || hasWord(path, words[risk]),
  )
  return apiGlobs.some((glob) => matches(glob, path)) ? [...found, 'breaking-api'] : found
}

/** The classes that a changed line of code speaks of. */
export function textClasses(text: string): readonly RiskClass[] {
  return classes.filter((risk) => texts[risk].test(text) || hasWord(text, words[risk], weak))
}

function matches(glob: string, path: string): boolean {
  return picomatch.isMatch(path, glob, { dot: true, nocase: true })
}

/** Words next to each other count as one as well: `rateLimit` is "rate limit". */
function hasWord(
  text: string,
  wanted: ReadonlySet<string>,
  but: ReadonlySet<string> = new Set(),
): boolean {
  const said = wordsOf(text)
  return said.some(
    (word, index) =>
      (wanted.has(word) && !but.has(word)) || wanted.has(`${word} ${said[index + 1] ?? ''}`),
  )
}

const classes: readonly Named[] = [
  'database-schema',
  'authentication',
  'environment',
  'dependency-update',
  'security-fix',
  'payments',
  'user-data',
  'encryption',
  'rate-limiting',
  'cors',
]

const apiGlobs: readonly string[] = [
  '**/{openapi,swagger}*.{json,yaml,yml}',
  '**/*.{proto,graphql,gql,thrift,avsc}',
]

const globs: Record<Named, readonly string[]> = {
  'database-schema': [
    '**/*.sql',
    '**/*.prisma',
    '**/{migrations,migration,prisma,drizzle}/**',
    '**/knexfile.*',
  ],
  authentication: ['**/{auth,permissions,session}/**'],
  environment: ['**/.env*', '**/{vercel,netlify,fly}.{json,toml}', '**/env.{ts,js,mjs}'],
  'dependency-update': [],
  'security-fix': ['**/SECURITY*'],
  payments: [],
  'user-data': [],
  encryption: [],
  'rate-limiting': [],
  cors: [],
}

const texts: Record<Named, RegExp> = {
  'database-schema':
    /\b(?:create|alter|drop|rename|truncate)\s+(?:table|column|index|type|schema|database|view)\b/i,
  authentication: /\bAuthorization\b|\bBearer\s/,
  environment: /\b(?:process\.env|import\.meta\.env|Deno\.env)\b/,
  'dependency-update': /(?!)/,
  'security-fix': /\bCVE-\d{4}-\d+|\bGHSA-/,
  payments: /(?!)/,
  'user-data': /(?!)/,
  encryption: /\bcreate(?:Hash|Hmac|Cipheriv|Decipheriv|Sign|Verify)\b/,
  'rate-limiting': /\bX-RateLimit|\b429\b/i,
  cors: /Access-Control-Allow/i,
}

/** Words and pairs of words, separated by commas, that put a path or a changed line in a class. */
const words: Record<Named, ReadonlySet<string>> = {
  'database-schema': listed(
    'migration, migrations, migrate, add column, drop column, create table, alter table, drop table, db schema, database schema',
  ),
  authentication: listed(
    'auth, authn, authz, oauth, oidc, saml, sso, authenticate, authenticated, authentication, authenticator, authorize',
    'authorized, authorization, login, logout, signin, signup, sign in, password, passwords, passport, jwt, session',
    'sessions, permission, permissions, rbac, acl, access token, refresh token, is admin, mfa, totp',
  ),
  environment: listed('dotenv, env vars'),
  'dependency-update': listed(),
  'security-fix': listed(
    'security, csrf, xss, ssrf, vulnerability, vulnerable, exploit, sanitize, sanitizer, sanitise, helmet, cve',
    'prototype pollution, sql injection',
  ),
  payments: listed(
    'payment, payments, billing, invoice, invoices, checkout, stripe, paypal, braintree, adyen, refund, refunds',
    'subscription, subscriptions, credit card',
  ),
  'user-data': listed(
    'gdpr, pii, personal data, user data, users, user profile, profile, profiles, account, accounts, customer, customers',
    'phone number, anonymize, delete user, ssn',
  ),
  encryption: listed(
    'encrypt, encrypted, encryption, decrypt, decrypted, decryption, crypto, cipher, hmac, bcrypt, argon2, scrypt',
    'private key, public key, tls',
  ),
  'rate-limiting': listed(
    'rate limit, rate limiter, rate limiting, ratelimit, ratelimiter, throttle, throttler, throttling',
  ),
  cors: listed('cors, cross origin, allowed origins, allow origin'),
}

/** Too common in code to say anything in a line; in a path they do. */
const weak = listed(
  'users, profile, profiles, account, accounts, customer, customers, session, sessions',
)

function listed(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(', ')))
}
