import { z } from 'zod'

import type { HubEvent } from '#domain/hub-event.ts'

import { events } from './delivery.ts'
import { account, accountOf, id } from './payload.ts'
import { translation } from './translation.ts'

type Change = Extract<HubEvent, { kind: 'installation-changed' }>['change']

const actions = z.enum(['created', 'deleted', 'suspend', 'unsuspend', 'new_permissions_accepted'])

const changes: Readonly<Record<z.infer<typeof actions>, Change>> = {
  created: 'created',
  deleted: 'deleted',
  suspend: 'suspended',
  unsuspend: 'unsuspended',
  new_permissions_accepted: 'permissions-accepted',
}

const payload = z.object({
  action: actions,
  sender: account,
  installation: z.object({ id, account }),
  repositories: z.array(z.object({ id, full_name: z.string() })).nullish(),
})

/** The app was installed, removed, put to sleep, woken, or given other permissions. */
export const fromInstallation = translation({
  actions: actions.options,
  payload,
  tell: (sent, delivery) =>
    events({
      kind: 'installation-changed',
      deliveryId: delivery.id,
      sender: accountOf(sent.sender),
      installationId: sent.installation.id,
      account: accountOf(sent.installation.account),
      change: changes[sent.action],
      repositories: (sent.repositories ?? []).map((one) => ({
        id: one.id,
        fullName: one.full_name,
      })),
    }),
})
