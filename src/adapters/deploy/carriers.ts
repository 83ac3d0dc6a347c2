import type { DeployMeans } from '#domain/deploy.ts'
import type { Carrier } from '#ports/deployments.ts'

/** Who is set up to deploy; null: nobody set it up. */
export interface Carriers {
  readonly workflow: Carrier
  readonly vercel: Carrier | null
  readonly command: Carrier | null
}

/** Hands each order to whom its configuration names. Where that is not set up, nothing is deployed. */
export function carriedBy(carriers: Carriers): Carrier {
  return {
    async carry(order, record) {
      const chosen = order.means === null ? null : chosenOf(carriers, order.means)
      if (chosen !== null) return await chosen.carry(order, record)
      const setting = order.means === 'command' ? 'DEPLOY_COMMANDS' : 'VERCEL_TOKEN'
      const detail = `Goalkeeper is not set up to deploy that way: ${setting} is not set.`
      return { kind: 'failed', detail, trace: null }
    },
  }
}

function chosenOf(carriers: Carriers, means: DeployMeans): Carrier | null {
  if (means === 'command') return carriers.command
  return 'workflow' in means ? carriers.workflow : carriers.vercel
}
