import type { Finding } from '#domain/finding.ts'
import type { Fixer } from '#ports/fixer.ts'

import { writtenLock } from './lock-write.ts'

/** The codes by which managers say that lockfile and manifests disagree. */
const outOfSync = new Set([
  'EUSAGE',
  'EJSONPARSE',
  'ERR_PNPM_OUTDATED_LOCKFILE',
  'ERR_PNPM_LOCKFILE_CONFIG_MISMATCH',
  'ERR_PNPM_BROKEN_LOCKFILE',
  'ERR_PNPM_LOCKFILE_MISSING_DEPENDENCY',
  'LOCKFILE_FROZEN',
  'YN0028',
])

/** A package whose content is not what was promised may have been tampered with: never "repaired" (fixers.md A7, 40). */
const untrustworthy = /INTEGRITY|^YN0018$/

/** Brings a lockfile that lags behind its manifests, or that a merge left in conflict, back in step with them. */
export const lockfile: Fixer = {
  id: 'dependencies/lockfile',
  rung: 'dependencies',
  applies: ({ findings }) => findings.some(isOutOfSync) && !findings.some(isUntrustworthy),
  propose: async (request) => {
    const patch = await writtenLock(request, [])
    const path = patch?.[0]?.path
    if (patch === null || path === undefined) return []
    return [
      {
        strategy: 'dependencies/lockfile',
        description: `Brought ${path} back in step with the manifests`,
        rootCause: `${path} did not say what the manifests ask for`,
        patch,
        risk: 'safe',
      },
    ]
  },
}

function isOutOfSync({ tool, rule }: Finding): boolean {
  return tool === 'install' && outOfSync.has(rule ?? '')
}

function isUntrustworthy({ tool, rule, message }: Finding): boolean {
  return tool === 'install' && untrustworthy.test(`${rule ?? ''}\n${message}`)
}
