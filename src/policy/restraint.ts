import type { Command } from '#domain/command.ts'
import type { GateRefusal } from '#domain/gate.ts'
import type { Restraint } from '#domain/restraint.ts'

/** What people told to wait in an environment. An emergency goes on through a freeze, and through nothing else. */
export function heldUp(
  restraints: readonly Restraint[],
  environment: string,
  isEmergency: boolean,
): GateRefusal | null {
  const kinds = new Set(
    restraints
      .filter((one) => one.environment === null || one.environment === environment)
      .map(({ kind }) => kind),
  )
  if (kinds.has('pause')) return 'paused'
  if (kinds.has('lock')) return 'locked'
  return kinds.has('freeze') && !isEmergency ? 'frozen' : null
}

type Role = 'triage' | 'write' | 'maintain' | 'admin'
const ranks: readonly string[] = ['triage', 'write', 'maintain', 'admin'] satisfies readonly Role[]

/** The least role for each command; whose word opens a gate its own rules say besides. */
const least: Readonly<Record<Command['verb'], Role>> = {
  'auto-fix': 'triage',
  help: 'triage',
  status: 'triage',
  retry: 'triage',
  cancel: 'write',
  'approve-deploy': 'triage',
  'reject-deploy': 'triage',
  deploy: 'write',
  rollback: 'write',
  lock: 'write',
  unlock: 'write',
  freeze: 'maintain',
  pause: 'maintain',
  resume: 'maintain',
}

/** Whether somebody with this role may give the command at all; what concerns all repositories is for admins. */
export function mayCommand(
  { verb, environment }: Pick<Command, 'verb' | 'environment'>,
  role: string,
): boolean {
  const isForAll = (verb === 'pause' || verb === 'resume') && environment === 'all'
  return ranks.indexOf(role) >= ranks.indexOf(isForAll ? 'admin' : least[verb])
}
