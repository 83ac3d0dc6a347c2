import { Hono } from 'hono'
import { z } from 'zod'

import { roleOf, roleReaches } from '../access.ts'
import { userAnswer } from '../answers/accounts.ts'
import { forksOf, fullRepositoryAnswer, repositoryAnswer } from '../answers/repositories.ts'
import { bodyOf, type Env, here, param, someone } from '../context.ts'
import { accountCalled, type House, nodeId, time } from '../house.ts'
import { pageOf } from '../paging.ts'
import { notFound } from '../refusal.ts'
import { fork } from '../repositories.ts'
import type { Account, Activity, Repository, Role } from '../state.ts'
import { tell } from '../webhooks/announce.ts'

/** Below `/repos/{owner}/{repo}`: the repository itself, its forks and who may do what. */
export function repositoryRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/', (c) => {
    const repository = here(house, c, 'metadata:read')
    const actor = c.get('actor')
    const permissions =
      actor.kind === 'user' ? flagsOf(roleOf(repository, actor.account)) : undefined
    return c.json({ ...fullRepositoryAnswer(house, repository), permissions })
  })
  routes.get('/collaborators/:username/permission', (c) => {
    const repository = here(house, c, 'metadata:read')
    const account = accountCalled(house, param(c, 'username'))
    if (account === null) throw notFound()
    return c.json(permissionAnswer(house, repository, account))
  })
  routes.get('/forks', (c) => {
    const { items } = pageOf(c, forksOf(house, here(house, c, 'metadata:read')))
    return c.json(items.map((one) => repositoryAnswer(house, one)))
  })
  routes.post('/forks', async (c) => {
    const parent = here(house, c, 'metadata:read')
    const { organization, name } = await bodyOf(c, forkShape)
    const owner = organization === undefined ? someone(c) : accountCalled(house, organization)
    if (owner === null) throw notFound()
    const made = await fork(house, { parent, owner, name: name ?? parent.name })
    const forkee = repositoryAnswer(house, made)
    const told = { name: 'fork', repository: parent, action: null, sender: someone(c) }
    tell(house, told, { forkee })
    return c.json(fullRepositoryAnswer(house, made), 202)
  })
  routes.get('/activity', (c) => {
    const { activities } = here(house, c, 'contents:read')
    const ref = c.req.query('ref')
    const fitting = activities.filter((one) => ref === undefined || one.ref === ref).toReversed()
    return c.json(pageOf(c, fitting).items.map((one) => activityAnswer(house, one)))
  })
  return routes
}

const nothing = '0'.repeat(40)

/** GitHub's `activity`. Whether a push was forced is not kept here. */
function activityAnswer(house: House, { id, ref, before, after, at, actor }: Activity) {
  const kind = after === null ? 'branch_deletion' : before === null ? 'branch_creation' : 'push'
  return {
    id,
    node_id: nodeId('PSH', id),
    before: before ?? nothing,
    after: after ?? nothing,
    ref,
    timestamp: time(at),
    activity_type: kind,
    actor: userAnswer(house, actor),
  }
}

const forkShape = z.object({
  organization: z.string().optional(),
  name: z.string().optional(),
  default_branch_only: z.boolean().optional(),
})

/** GitHub's old `permission` knows fewer words than `role_name`. */
const oldWords: Record<Role, 'admin' | 'write' | 'read'> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
}

function permissionAnswer(house: House, repository: Repository, account: Account) {
  const role = roleOf(repository, account)
  const user = { ...userAnswer(house, account), permissions: flagsOf(role) }
  return {
    permission: role === null ? 'none' : oldWords[role],
    role_name: role ?? 'none',
    user: { ...user, role_name: role ?? 'none' },
  }
}

function flagsOf(role: Role | null) {
  return {
    admin: roleReaches(role, 'admin'),
    maintain: roleReaches(role, 'maintain'),
    push: roleReaches(role, 'write'),
    triage: roleReaches(role, 'triage'),
    pull: roleReaches(role, 'read'),
  }
}
