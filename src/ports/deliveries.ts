import type { Delivery } from '#domain/delivery.ts'

export interface Deliveries {
  /** The deploys that ended since then, the oldest first. */
  since(time: Date): Promise<readonly Delivery[]>
}
