import type { WebhookEvent } from './event.ts'

/** One try to hand an event to an app's address. */
export interface Delivery {
  readonly id: number
  /** Kept when the same event is sent again. */
  readonly guid: string
  readonly redelivery: boolean
  readonly event: WebhookEvent
  readonly installationId: number | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  deliveredAt: Date
  /** Seconds. */
  duration: number
  /** 0: nobody answered. */
  statusCode: number
  status: string
  answer: { readonly headers: Readonly<Record<string, string>>; readonly body: string } | null
}
