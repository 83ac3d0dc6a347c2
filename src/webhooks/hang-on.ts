import type { Probot } from 'probot'

import type { Heard } from '#domain/heard.ts'

import type { Us } from './delivery.ts'
import { translate } from './translate.ts'

/** Hangs this room on a Probot: whatever it receives is heard, once, as what it means to us. */
export function hangOn(
  probot: Probot,
  us: Us,
  hear: (deliveryId: string, heard: Heard) => Promise<void>,
): void {
  probot.onAny(async ({ id, name, payload }) => {
    await hear(id, translate({ id, name, payload, us }))
  })
}
