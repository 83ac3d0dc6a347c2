import type { Severity } from '#domain/severity.ts'

import { isTest, wordsOf } from './paths.ts'

/** K46: 10/7/5/3 by severity, +1 on an API path, +2 on a security path, −1 when only tests, at least 9 above ten occurrences. */
export function priorityOf(
  severity: Severity,
  paths: readonly string[],
  occurrences: number,
): number {
  const sum =
    base[severity] +
    (paths.some(isApiPath) ? 1 : 0) +
    (paths.some(isSecurityPath) ? 2 : 0) -
    (paths.length > 0 && paths.every(isTest) ? 1 : 0)
  return Math.min(10, Math.max(occurrences > 10 ? 9 : 1, sum))
}

export function isSecurityPath(path: string): boolean {
  return wordsOf(path).some((word) => securityWords.has(word))
}

function isApiPath(path: string): boolean {
  return wordsOf(path).some((word) => apiWords.has(word))
}

const base: Record<Severity, number> = { critical: 10, high: 7, medium: 5, low: 3 }
const apiWords = new Set(['api', 'apis', 'route', 'routes', 'endpoint', 'endpoints', 'controllers'])
const securityWords = new Set([
  'auth',
  'authn',
  'authz',
  'oauth',
  'authentication',
  'authorization',
  'security',
  'crypto',
  'csrf',
  'jwt',
  'login',
  'password',
  'passwords',
  'permissions',
  'secrets',
  'session',
  'sessions',
])
