import type { StopReason } from '#domain/restraint.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Restraints, Stops } from '#ports/restraints.ts'

export interface StopParts {
  readonly restraints: Pick<Restraints, 'on'>
  readonly hosting: Pick<Hosting, 'variables'>
  /** I10: AGENT_ENABLED. */
  readonly enabled: boolean
}

/** The variable of a repository that stops what is new (I10). */
const variable = 'GOALKEEPER_ENABLED'

/** The kill switch: the environment of the service, `/pause` and `/pause all`, and a variable of the repository. */
export function stopsOf({ restraints, hosting, enabled }: StopParts): Stops {
  return {
    async of(repository): Promise<StopReason | null> {
      if (!enabled) return 'switched-off'
      const { inForce } = await restraints.on(repository)
      if (inForce.some(({ kind }) => kind === 'pause')) return 'paused'
      const said = await hosting.variables.read(repository, variable)
      return /^(?:false|0|no|off)$/i.test(said?.trim() ?? '') ? 'switched-off' : null
    },
  }
}
