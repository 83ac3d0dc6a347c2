import { createHash } from 'node:crypto'

/** What a failure is known by on record; its shape may be long. */
export function hashOf(failure: string): string {
  return createHash('sha256').update(failure).digest('hex')
}
