import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'

import type { RegisteredApp } from './cast.ts'
import { git as runGit, gitLine } from './git/run-git.ts'
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

interface Checkout {
  readonly directory: string
  git(...args: readonly string[]): Promise<string>
  /** Commits files on a branch that starts at `from` and pushes it; answers with the commit. */
  push(branch: string, files: Readonly<Record<string, string>>, from?: string): Promise<string>
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
  const of = { login, from: repository.directory, to: gitUrl(github, repository, account.token) }
  return { account, octokit, checkout: checkoutAt(directory, of) }
}

/** Where git clones from and pushes to, with a token as GitHub takes it. */
function gitUrl({ url }: GitHub, { owner, name }: Repository, token: string): string {
  return `${url.replace('//', `//x-access-token:${token}@`)}/${owner.login}/${name}.git`
}

interface Remote {
  readonly login: string
  /** Read without HTTP, which costs git six processes more. */
  readonly from: string
  readonly to: string
}

function checkoutAt(directory: string, of: Remote): Checkout {
  let begun: Promise<void> | null = null
  const git = async (...args: readonly string[]): Promise<string> => {
    begun ??= begin(directory, of)
    await begun
    return await runGit(directory, args)
  }
  return {
    directory,
    git,
    async push(branch, files, from) {
      await git('fetch', '--quiet', 'origin')
      const start = from ?? (await onOrigin(directory, branch))
      if (start !== null) await git('checkout', '--quiet', '-B', branch, start)
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true })
        writeFileSync(join(directory, path), content)
      }
      await git('add', '--all')
      await git('commit', '--quiet', '--allow-empty', '--message', `change ${branch}`)
      await git('push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`)
      return await gitLine(directory, ['rev-parse', 'HEAD'])
    },
  }
}

async function begin(directory: string, of: Remote): Promise<void> {
  await runGit(directory, ['init', '--quiet', '--initial-branch=main'])
  const config = `[user]\n\tname = ${of.login}\n\temail = ${of.login}@example.com\n`
  const remote = `[remote "origin"]\n\turl = ${of.from}\n\tpushurl = ${of.to}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`
  appendFileSync(join(directory, '.git/config'), `${config}${remote}`)
}

async function onOrigin(directory: string, branch: string): Promise<string | null> {
  return await gitLine(directory, ['rev-parse', '-q', '--verify', `origin/${branch}`]).catch(
    () => null,
  )
}
