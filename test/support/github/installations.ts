import { installationAnswer } from './answers/accounts.ts'
import { fullName, type House, nextId, nodeId } from './house.ts'
import type { Account, App, Installation, Repository } from './state.ts'

/** Who lets which app in, and where. */
export interface Installations {
  /** Installs an app on an account, on all of its repositories or on these. */
  install(app: App, account: Account, repositories?: readonly Repository[]): Installation
  uninstall(installation: Installation): void
  suspend(installation: Installation): void
  resume(installation: Installation): void
  /** From now on the app reaches these repositories and no others. */
  choose(installation: Installation, ...repositories: readonly Repository[]): void
}

export function installationsOf(house: House): Installations {
  const { state } = house
  return {
    install(app, account, repositories) {
      const installation: Installation = {
        id: nextId(house),
        app,
        account,
        repositoryIds: repositories === undefined ? null : idsOf(repositories),
        permissions: app.permissions,
        createdAt: house.now(),
        suspendedAt: null,
      }
      state.installations.set(installation.id, installation)
      const own = { repositories: shown(reached(house, installation)), requester: null }
      announce(house, installation, { action: 'created', own })
      return installation
    },
    uninstall(installation) {
      const own = { repositories: shown(reached(house, installation)) }
      state.installations.delete(installation.id)
      for (const { token, installation: of } of state.tokens.values())
        if (of === installation) state.tokens.delete(token)
      announce(house, installation, { action: 'deleted', own })
    },
    suspend(installation) {
      installation.suspendedAt = house.now()
      announce(house, installation, { action: 'suspend', own: {} })
    },
    resume(installation) {
      installation.suspendedAt = null
      announce(house, installation, { action: 'unsuspend', own: {} })
    },
    choose(installation, ...repositories) {
      const before = reached(house, installation)
      installation.repositoryIds = idsOf(repositories)
      const added = repositories.filter((one) => !before.includes(one))
      const removed = before.filter((one) => !repositories.includes(one))
      if (added.length > 0) announceChoice(house, installation, { action: 'added', added })
      if (removed.length > 0) announceChoice(house, installation, { action: 'removed', removed })
    },
  }
}

function idsOf(repositories: readonly Repository[]): ReadonlySet<number> {
  return new Set(repositories.map(({ id }) => id))
}

function reached({ state }: House, { account, repositoryIds }: Installation): Repository[] {
  return [...state.repositories.values()]
    .filter(({ owner }) => owner === account)
    .filter(({ id }) => repositoryIds?.has(id) ?? true)
}

function shown(repositories: readonly Repository[]) {
  return repositories.map((one) => ({
    id: one.id,
    node_id: nodeId('R', one.id),
    name: one.name,
    full_name: fullName(one),
    private: one.private,
  }))
}

interface Happening {
  readonly action: string
  readonly own: Readonly<Record<string, unknown>>
  readonly name?: string
}

function announce(house: House, installation: Installation, of: Happening): void {
  const { app, account } = installation
  const { action, own, name = 'installation' } = of
  const payload = { installation: installationAnswer(house, installation), ...own }
  house.send({ name, action, repository: null, sender: account, payload, onlyFor: app })
}

interface Choice {
  readonly action: 'added' | 'removed'
  readonly added?: readonly Repository[]
  readonly removed?: readonly Repository[]
}

function announceChoice(house: House, installation: Installation, choice: Choice): void {
  const { action, added = [], removed = [] } = choice
  const own = {
    repository_selection: 'selected',
    repositories_added: shown(added),
    repositories_removed: shown(removed),
    requester: null,
  }
  announce(house, installation, { name: 'installation_repositories', action, own })
}
