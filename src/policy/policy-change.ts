import type { GateRules } from '#domain/gate.ts'

const roles = ['write', 'maintain', 'admin'] as const

/**
 * The rules for a change of the rules themselves: the stricter of those before it and those now, and always of somebody who
 * maintains the repository. What a change says can only make its own approval harder.
 */
export function rulesForPolicyChange(now: GateRules, before: GateRules | undefined): GateRules {
  const owned = { ...now, role: higher(now.role, 'maintain'), 'auto-approve': null }
  if (before === undefined) return owned
  const isListed = before.people.length + before.teams.length > 0
  const { people, teams } = isListed ? before : now
  return {
    ...owned,
    people,
    teams,
    approvals: Math.max(now.approvals, before.approvals),
    role: higher(owned.role, before.role),
    'expires-hours': Math.min(now['expires-hours'], before['expires-hours']),
    'require-sha': now['require-sha'] || before['require-sha'],
    forks: now.forks && before.forks,
    'blocking-labels': [...new Set([...now['blocking-labels'], ...before['blocking-labels']])],
    freezes: [...now.freezes, ...before.freezes],
    hours: before.hours ?? now.hours,
  }
}

function higher(one: GateRules['role'], other: GateRules['role']): GateRules['role'] {
  return roles.indexOf(one) > roles.indexOf(other) ? one : other
}
