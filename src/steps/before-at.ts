import type { Place } from '#domain/place.ts'
import type { Before } from '#ports/fixer.ts'
import type { Repositories } from '#ports/repositories.ts'

/** The last commit that is known to have been different: what it declared, a later one may have dropped by mistake. */
export function beforeAt(
  repositories: Pick<Repositories, 'changed' | 'read'>,
  { mirror, headSha, baseSha, parentSha }: Place,
): Before | null {
  const sha = baseSha ?? parentSha
  if (sha === null) return null
  return {
    read: (path) => repositories.read(mirror, sha, path),
    changed: () => repositories.changed(mirror, sha, headSha),
  }
}
