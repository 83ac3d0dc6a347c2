import { accountOf, type Actor } from './actor.ts'
import type { House } from './house.ts'
import { notFound, Refusal } from './refusal.ts'
import type { Account, Installation, Level, Repository, Role } from './state.ts'

const levels: readonly Level[] = ['read', 'write', 'admin']
const roles: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin']

/** A permission of an app and how much of it, e.g. `checks:write`; `none` where any token does. */
export type Need = `${string}:${Level}` | 'none'

/** The repository, if the actor may see it and holds the permission. */
export function enter(house: House, actor: Actor, asked: Asked): Repository {
  const repository = repositoryCalled(house, asked.owner, asked.name)
  if (repository === null || !sees(actor, repository)) throw notFound()
  if (!holds(actor, repository, asked.need)) throw refused(actor)
  return repository
}

interface Asked {
  readonly owner: string
  readonly name: string
  readonly need: Need
}

export function repositoryCalled(house: House, owner: string, name: string): Repository | null {
  return house.state.repositories.get(`${owner}/${name}`.toLowerCase()) ?? null
}

export function covers(installation: Installation, repository: Repository): boolean {
  if (installation.account !== repository.owner) return false
  return installation.repositoryIds?.has(repository.id) ?? true
}

/** What somebody may do with a repository; everyone may read a public one. */
export function roleOf(repository: Repository, account: Account): Role | null {
  if (repository.owner === account) return 'admin'
  const role = repository.collaborators.get(account.login.toLowerCase())
  return role ?? (repository.private ? null : 'read')
}

/** Whether a person's role is at least this. */
export function roleReaches(role: Role | null, least: Role): boolean {
  return role !== null && roles.indexOf(role) >= roles.indexOf(least)
}

/** Whether the actor has this permission here: a person by role, an app by its token. */
export function holds(actor: Actor, repository: Repository, need: Need): boolean {
  const [permission = '', level = 'read'] = need.split(':')
  if (need === 'none') return true
  if (actor.kind === 'installation') return tokenHolds(actor, repository, { permission, level })
  if (level === 'read' && !repository.private) return true
  if (actor.kind !== 'user') return false
  const least: Role = level === 'read' ? 'read' : leastRole(permission)
  return roleReaches(roleOf(repository, actor.account), least)
}

function leastRole(permission: string): Role {
  // Anybody who can read may open and answer issues and propose changes.
  if (/^(?:issues|pull_requests)(?:$|\|)/.test(permission)) return 'read'
  return permission === 'administration' ? 'admin' : 'write'
}

function tokenHolds(
  actor: Extract<Actor, { kind: 'installation' }>,
  repository: Repository,
  { permission, level }: { permission: string; level: string },
): boolean {
  if (!reaches(actor, repository)) return level === 'read' && !repository.private
  // GitHub lets a token read what is public whatever it was granted; here it must have been granted,
  // so that a permission missing in app.yml shows.
  const { permissions } = actor.token
  return permission.split('|').some((name) => {
    const granted = name === 'metadata' ? 'read' : permissions[name]
    return granted !== undefined && levels.indexOf(granted) >= levels.findIndex((l) => l === level)
  })
}

function sees(actor: Actor, repository: Repository): boolean {
  if (!repository.private) return true
  if (actor.kind === 'installation') return reaches(actor, repository)
  const account = accountOf(actor)
  return account !== null && actor.kind === 'user' && roleOf(repository, account) !== null
}

function reaches(actor: Extract<Actor, { kind: 'installation' }>, repository: Repository): boolean {
  const { installation, repositoryIds } = actor.token
  if (!covers(installation, repository)) return false
  return repositoryIds?.includes(repository.id) ?? true
}

function refused(actor: Actor): Refusal {
  if (actor.kind === 'nobody') return new Refusal(401, 'Requires authentication')
  if (actor.kind === 'installation')
    return new Refusal(403, 'Resource not accessible by integration')
  return actor.kind === 'app'
    ? new Refusal(403, 'Resource not accessible by integration')
    : new Refusal(403, 'Must have push access to the repository')
}
