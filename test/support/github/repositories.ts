import { join } from 'node:path'

import { createBare, refsBelow } from './git/refs.ts'
import { git } from './git/run-git.ts'
import { type House, nextId } from './house.ts'
import { Refusal } from './refusal.ts'
import type { Account, Ci, Repository } from './state.ts'

export interface NewRepository {
  readonly owner: Account
  readonly name: string
  readonly private?: boolean
  readonly defaultBranch?: string
  readonly ci?: Ci
}

/** An empty bare repository and all that belongs to it. */
export async function createRepository(
  house: House,
  of: NewRepository,
  parent: Repository | null = null,
): Promise<Repository> {
  const key = `${of.owner.login}/${of.name}`.toLowerCase()
  if (house.state.repositories.has(key)) throw new Refusal(422, 'Repository creation failed.')
  const directory = join(house.folder, of.owner.login, `${of.name}.git`)
  const defaultBranch = of.defaultBranch ?? 'main'
  await createBare(directory, defaultBranch)
  const repository: Repository = {
    id: nextId(house),
    owner: of.owner,
    name: of.name,
    private: of.private ?? false,
    defaultBranch,
    parent,
    directory,
    createdAt: house.now(),
    pushedAt: house.now(),
    collaborators: new Map(),
    protectedBranches: new Set(),
    labels: new Map(),
    issues: [],
    statuses: [],
    activities: [],
    checks: { suites: [], runs: [], workflowRuns: [] },
    deployments: [],
    variables: new Map(),
    protection: { rules: new Map(), asked: [] },
    // GitHub runs nothing in forks until their owner asks for it.
    ci: parent === null ? (of.ci ?? 'workflows') : 'off',
  }
  house.state.repositories.set(key, repository)
  return repository
}

interface NewFork {
  readonly parent: Repository
  readonly owner: Account
  readonly name: string
}

/** Another bare repository with the parent's branches; a second fork of one owner is the first. */
export async function fork(house: House, of: NewFork): Promise<Repository> {
  const { parent, owner, name } = of
  const known = [...house.state.repositories.values()].find(
    (one) => one.parent === parent && one.owner === owner,
  )
  if (known !== undefined) return known
  const { defaultBranch } = parent
  const made = await createRepository(
    house,
    { owner, name, private: parent.private, defaultBranch },
    parent,
  )
  if ((await refsBelow(parent.directory, 'refs/heads')).size > 0)
    await git(made.directory, [
      'fetch',
      '--quiet',
      parent.directory,
      'refs/heads/*:refs/heads/*',
      'refs/tags/*:refs/tags/*',
    ])
  return made
}
