import type { PastDeploy } from '#domain/deploy.ts'

/** What is live in an environment, as far as the record tells. */
export type LiveVersion =
  | { readonly kind: 'verified'; readonly sha: string }
  | { readonly kind: 'none' | 'unverified' | 'on-hold' | 'under-way' }

/** `past`: the oldest first. After something was taken back it is on hold until the next one is verified. */
export function liveVersion(past: readonly PastDeploy[]): LiveVersion {
  const begun = past.filter(
    ({ state }) => state !== 'queued' && state !== 'refused' && state !== 'not-deployed',
  )
  const newest = begun.at(-1)
  if (newest === undefined) return { kind: 'none' }
  if (newest.endedAt === null) return { kind: 'under-way' }
  if (newest.state === 'rolled-back' || newest.state === 'rollback-failed')
    return { kind: 'on-hold' }
  return newest.state === 'verified'
    ? { kind: 'verified', sha: newest.sha }
    : { kind: 'unverified' }
}
