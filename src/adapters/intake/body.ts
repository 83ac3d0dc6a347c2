import type { IncomingMessage } from 'node:http'

/** GitHub's own limit for a webhook. */
const largestBody = 25 * 1024 * 1024

/** How much may be held of bodies that nobody has verified yet, all requests together. */
const largestSum = 8 * largestBody

export type Body =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' | 'busy' | 'broken-off' }

let held = 0

/** The body, as long as it is within the limits. What is announced too large is not read at all. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > largestBody) return { kind: 'too-large' }
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      held += part.length
      if (size > largestBody) return { kind: 'too-large' }
      if (held > largestSum) return { kind: 'busy' }
      parts.push(part)
    }
  } catch {
    return { kind: 'broken-off' }
  } finally {
    held -= size
  }
  const [only] = parts
  return { kind: 'read', bytes: parts.length === 1 && only ? only : Buffer.concat(parts) }
}
