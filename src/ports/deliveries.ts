import type { Delivery } from '#domain/delivery.ts'
import type { Emergency } from '#domain/second-look.ts'

export interface Deliveries {
  /** The deploys that ended since then, the oldest first. */
  since(time: Date): Promise<readonly Delivery[]>
}

/** Deploys that somebody called an emergency, and that nobody else had approved. */
export interface Emergencies {
  /** Those that began since then, the oldest first. */
  since(time: Date): Promise<readonly { readonly runId: string; readonly emergency: Emergency }[]>
}
