import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'

import type { RegisteredApp } from './cast.ts'
import { type Checkout, checkoutOf } from './checkout.ts'
import { type GitHub, type Options, startGitHub } from './github.ts'
import type { Account, Ci, Installation, Permissions, Repository } from './state.ts'

export interface ShopOptions extends Options {
  readonly ci?: Ci
  readonly private?: boolean
  readonly permissions?: Permissions
  readonly events?: readonly string[]
  readonly webhook?: { readonly url: string; readonly secret: string }
  /** The first commit's files. */
  readonly files?: Readonly<Record<string, string>>
}

/** A GitHub where most stories begin: acme/kiosk with one commit, an app installed, two people. */
export interface Shop {
  readonly github: GitHub
  readonly acme: Account
  readonly repository: Repository
  readonly keeper: RegisteredApp
  readonly installation: Installation
  /** For calls: `{ owner: 'acme', repo: 'kiosk' }`. */
  readonly at: { readonly owner: string; readonly repo: string }
  /** As the installed app, with a token for all it was granted. */
  readonly octokit: Octokit
  /** As the app itself, with its JSON web token. */
  readonly asApp: Octokit
  /** An administrator, and somebody who may only read. */
  readonly maria: Visitor
  readonly stranger: Visitor
  /** The commit that `main` began with. */
  readonly first: string
  /** Rejects if anything was not as GitHub describes it and nobody took that. */
  close(): Promise<void>
}

interface Visitor {
  readonly account: Account
  readonly octokit: Octokit
  /** A checkout of acme/kiosk whose pushes are this person's. */
  readonly checkout: Checkout
}

const all: Permissions = {
  contents: 'write',
  workflows: 'write',
  checks: 'write',
  statuses: 'write',
  actions: 'write',
  issues: 'write',
  pull_requests: 'write',
  deployments: 'write',
  actions_variables: 'write',
  members: 'read',
}

export async function openShop(options: ShopOptions = {}): Promise<Shop> {
  const github = await startGitHub(options)
  const place = mkdtempSync(join(tmpdir(), 'shop-'))
  const acme = github.organization('acme')
  const { ci = 'off', private: hidden = true } = options
  const repository = await github.repository({ owner: acme, name: 'kiosk', private: hidden, ci })
  const maria = visitor(github, { login: 'maria', repository, place })
  const stranger = visitor(github, { login: 'stranger', repository, place })
  repository.collaborators.set('maria', 'admin').set('stranger', 'read')
  const { permissions = all, events = [], webhook } = options
  const of = { slug: 'keeper', permissions, events, ...(webhook ? { webhook } : {}) }
  const keeper = github.app(of)
  const first = await maria.checkout.push('main', options.files ?? { 'README.md': '# Kiosk\n' })
  const installation = github.install(keeper.app, acme)
  return {
    github,
    acme,
    repository,
    keeper,
    installation,
    at: { owner: 'acme', repo: 'kiosk' },
    octokit: clientOf(github, keeper, installation),
    asApp: clientOf(github, keeper, null),
    maria,
    stranger,
    first,
    async close() {
      await github.settled()
      const deviations = github.takeDeviations()
      await github.close()
      rmSync(place, { recursive: true, force: true })
      if (deviations.length > 0)
        throw new Error(`not as GitHub describes it: ${JSON.stringify(deviations, null, 2)}`)
    },
  }
}

/** A real client: of an installation, or of the app itself. */
export function clientOf(
  { api }: GitHub,
  { app, privateKey }: RegisteredApp,
  installation: Installation | null,
): Octokit {
  const auth = { appId: app.id, privateKey }
  const own = installation === null ? auth : { ...auth, installationId: installation.id }
  return new Octokit({ authStrategy: createAppAuth, auth: own, baseUrl: api, log: quiet })
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

interface Who {
  readonly login: string
  readonly repository: Repository
  readonly place: string
}

function visitor(github: GitHub, { login, repository, place }: Who): Visitor {
  const account = github.person(login)
  const octokit = new Octokit({ auth: account.token, baseUrl: github.api, log: quiet })
  const directory = join(place, login)
  mkdirSync(directory)
  return { account, octokit, checkout: checkoutOf({ github, account, repository, directory }) }
}
