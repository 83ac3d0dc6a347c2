import { generateKeyPairSync, randomBytes } from 'node:crypto'

import { repositoryCalled } from './access.ts'
import type { House } from './house.ts'
import { type Installations, installationsOf } from './installations.ts'
import { createRepository, type NewRepository } from './repositories.ts'
import type { Account, App, Permissions, Repository, State } from './state.ts'

/** Who and what a story needs before it begins. */
export interface Cast extends Installations {
  /** Somebody with a token of their own. */
  person(login: string): Account & { readonly token: string }
  organization(login: string): Account
  /** Puts somebody into a team of an organisation, or asks them to come. */
  member(team: string, login: string, state?: 'active' | 'pending'): void
  /** Registers an app; answers with what its owner would download. */
  app(of: NewApp): RegisteredApp
  repository(of: NewRepository): Promise<Repository>
  /** The repository `owner/name`. */
  repositoryAt(fullName: string): Repository
}

export interface NewApp {
  readonly slug: string
  readonly name?: string
  readonly permissions?: Permissions
  readonly events?: readonly string[]
  readonly webhook?: { readonly url: string; readonly secret: string }
}

export interface RegisteredApp {
  readonly app: App
  /** PEM. */
  readonly privateKey: string
}

export function castOf(house: House): Cast {
  const { state } = house
  return {
    person(login) {
      const token = `ghp_${randomBytes(18).toString('hex')}`
      const person = { id: idOf(state), login, type: 'User' as const, token }
      state.accounts.set(login.toLowerCase(), person)
      return person
    },
    organization: (login) => newAccount(state, { login, type: 'Organization', token: null }),
    member(team, login, membership = 'active') {
      const members = state.teams.get(team) ?? new Map<string, 'active' | 'pending'>()
      state.teams.set(team, members.set(login.toLowerCase(), membership))
    },
    app: (of) => registered(state, of),
    ...installationsOf(house),
    repository: (of) => createRepository(house, of),
    repositoryAt(name) {
      const [owner = '', repo = ''] = name.split('/')
      const found = repositoryCalled(house, owner, repo)
      if (found === null) throw new Error(`there is no ${name}`)
      return found
    },
  }
}

export function newApp(state: State, of: NewApp, publicKey = ''): App {
  const { slug, name = slug, permissions = {}, events = [], webhook } = of
  const owner =
    state.accounts.get('github') ??
    newAccount(state, { login: 'github', type: 'Organization', token: null })
  const app: App = {
    id: idOf(state),
    slug,
    name,
    owner,
    bot: newAccount(state, { login: `${slug}[bot]`, type: 'Bot', token: null }),
    publicKey,
    permissions: { metadata: 'read', ...permissions },
    events,
    createdAt: new Date(),
    hook: { url: webhook?.url ?? null, secret: webhook?.secret ?? null },
    deliveries: [],
  }
  state.apps.set(app.id, app)
  return app
}

/** A new App with the key that its owner would download. */
export function registered(state: State, of: NewApp): RegisteredApp {
  const nth = state.apps.size
  const pair = (keys[nth] ??= newKeys())
  const { publicKey, privateKey } = pair
  return { app: newApp(state, of, publicKey), privateKey }
}

/** Making a pair takes a tenth of a second, so that the first App of each GitHub of a process has the same, and the next another. */
const keys: ReturnType<typeof newKeys>[] = []

function newKeys() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

function newAccount(state: State, of: Omit<Account, 'id'>): Account {
  const account = { id: idOf(state), ...of }
  state.accounts.set(of.login.toLowerCase(), account)
  return account
}

function idOf(state: State): number {
  state.nextId += 1
  return state.nextId
}
