import { z } from 'zod'

import { events } from './delivery.ts'
import { account, accountOf, id } from './payload.ts'
import { translation } from './translation.ts'

const repositories = z.array(z.object({ id, full_name: z.string() }))

const payload = z.object({
  action: z.enum(['added', 'removed']),
  sender: account,
  installation: z.object({ id, account }),
  repositories_added: repositories,
  repositories_removed: repositories,
})

/** The app may see more repositories than before, or fewer. */
export const fromInstallationRepositories = translation({
  actions: ['added', 'removed'],
  payload,
  tell: (sent, delivery) =>
    events({
      kind: 'installation-changed',
      deliveryId: delivery.id,
      sender: accountOf(sent.sender),
      installationId: sent.installation.id,
      account: accountOf(sent.installation.account),
      change: `repositories-${sent.action}`,
      repositories: sent[`repositories_${sent.action}`].map((one) => ({
        id: one.id,
        fullName: one.full_name,
      })),
    }),
})
