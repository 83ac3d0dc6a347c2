import { z } from 'zod'

import type { Heard } from '#domain/heard.ts'

import { type Delivery, ignored } from './delivery.ts'

/** One kind of GitHub's events in our words. Never throws. */
export type Translation = (delivery: Delivery) => Heard

interface Rule<Payload extends z.ZodType> {
  /** The actions that mean something to us; null for an event that has none. */
  readonly actions: readonly string[] | null
  /** The fields we use; what else a payload holds is none of our business. */
  readonly payload: Payload
  readonly tell: (payload: z.infer<Payload>, delivery: Delivery) => Heard
}

/**
 * Reads a payload at the edge. The action comes first, then whose webhook it is, and only then the fields:
 * a payload that does not concern us need not have them.
 */
export function translation<Payload extends z.ZodType>(rule: Rule<Payload>): Translation {
  return (delivery) => {
    if (rule.actions !== null) {
      const read = acted.safeParse(delivery.payload)
      if (!read.success) return unreadable(read.error)
      if (!rule.actions.includes(read.data.action)) return ignored('other-action')
    }
    // A webhook of a repository instead of an app has none, and we could not answer it.
    if (!installed.safeParse(delivery.payload).success) return ignored('no-installation')
    const read = rule.payload.safeParse(delivery.payload)
    return read.success ? rule.tell(read.data, delivery) : unreadable(read.error)
  }
}

const acted = z.object({ action: z.string() })
const installed = z.object({ installation: z.object({ id: z.number() }) })

/** The fields and what is wrong with them; never their values. */
function unreadable(error: z.ZodError): Heard {
  const fields = error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')} (${code})`)
  return ignored('unreadable', fields.join(', '))
}
