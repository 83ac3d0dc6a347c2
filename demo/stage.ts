import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { Octokit } from '@octokit/rest'

import { readAppManifest } from '../src/config/app-manifest.ts'
import type { RegisteredApp } from '../test/support/github/cast.ts'
import { git, gitLine } from '../test/support/github/git/run-git.ts'
import { type GitHub, startGitHub } from '../test/support/github/github.ts'
import type { Repository } from '../test/support/github/state.ts'

type Person = ReturnType<GitHub['person']>

/** Where the demonstration plays: a GitHub on loopback with one repository, a developer and the App, installed. */
export interface Stage {
  readonly github: GitHub
  readonly repository: Repository
  readonly keeper: RegisteredApp
  readonly secret: string
  /** Who developed it, and approves. */
  readonly robin: Person
  /** Tells GitHub where the App takes webhooks, installs it, and pushes a day's work in a hurry. Answers the red commit. */
  begin(webhooks: string): Promise<string>
  /** Another developer opens a pull request whose checks are green, and that is bad all the same. Answers its number. */
  proposeBadChange(): Promise<number>
}

const files = join(import.meta.dirname, 'repository')
const hurry = join(import.meta.dirname, 'hurry.patch')

interface Of {
  /** A folder of its own. */
  readonly place: string
  /** That of the webhook. */
  readonly secret: string
  /** Where the greenhouse will be live. */
  readonly production: string
}

/** Opens it. Close `github` in the end. */
export async function openStage({ place, secret, production }: Of): Promise<Stage> {
  const github = await startGitHub({ ciEnvironment: runnerEnvironment(place) })
  const acme = github.organization('acme')
  const robin = github.person('robin')
  const repository = await github.repository({ owner: acme, name: 'greenhouse', private: true })
  const kim = github.person('kim')
  repository.collaborators.set('robin', 'admin').set('kim', 'write')
  const { default_permissions: permissions, default_events: events } = readAppManifest()
  const keeper = github.app({ slug: 'goalkeeper', name: 'Goalkeeper', permissions, events })
  const remoteOf = ({ token }: Person) =>
    `${github.url.replace('//', `//x-access-token:${token}@`)}/acme/greenhouse.git`
  const directory = join(place, 'greenhouse')
  return {
    github,
    repository,
    keeper,
    secret,
    robin,
    async begin(url) {
      keeper.app.hook = { url, secret }
      github.install(keeper.app, acme)
      return await pushInAHurry(directory, { remote: remoteOf(robin), production })
    },
    async proposeBadChange() {
      await git(directory, ['fetch', '--quiet', remoteOf(kim), 'main'])
      await git(directory, ['checkout', '--quiet', '-B', 'faster-pages', 'FETCH_HEAD'])
      const file = join(directory, 'src/server.ts')
      const text = await readFile(file, 'utf8')
      await writeFile(file, text.replace('findZone(zones,', 'findZone(zones.slice(1),'))
      await commit(directory, 'perf: faster pages', 'kim')
      await git(directory, ['push', '--quiet', remoteOf(kim), 'HEAD:refs/heads/faster-pages'])
      const { pulls } = new Octokit({ auth: kim.token, baseUrl: github.api }).rest
      const wanted = { owner: 'acme', repo: 'greenhouse', head: 'faster-pages', base: 'main' }
      return (await pulls.create({ ...wanted, title: 'Faster pages' })).data.number
    },
  }
}

/** The demonstration's own commands run as this person's: npm finds its settings and its cache. */
function runnerEnvironment(place: string): Record<string, string> {
  const passed = Object.entries(process.env).filter(([name]) =>
    /^(?:PATH|HOME|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|npm_config_(?:registry|cache|userconfig))$/i.test(
      name,
    ),
  )
  const own = { NODE_COMPILE_CACHE: join(place, 'compile-cache') }
  return { ...Object.fromEntries(passed.map(([name, value]) => [name, value ?? ''])), ...own }
}

interface Pushed {
  readonly remote: string
  readonly production: string
}

/** Two commits: one whose checks are green, and the day after. */
async function pushInAHurry(directory: string, { remote, production }: Pushed): Promise<string> {
  await mkdir(directory)
  await git(directory, ['init', '--quiet', '--initial-branch=main'])
  await cp(files, directory, { recursive: true })
  await writeFile(join(directory, '.github/goalkeeper.yml'), rulesFor(production))
  await promisify(execFile)('git', ['apply', '--reverse', hurry], { cwd: directory })
  await commit(directory, 'feat: lamps, and a report for the day')
  await promisify(execFile)('git', ['apply', hurry], { cwd: directory })
  await commit(directory, 'feat: a good day’s work')
  await git(directory, ['push', '--quiet', remote, 'HEAD:refs/heads/main'])
  return await gitLine(directory, ['rev-parse', 'HEAD'])
}

async function commit(directory: string, message: string, name = 'robin'): Promise<void> {
  const who = ['-c', `user.name=${name}`, '-c', `user.email=${name}@example.com`]
  await git(directory, ['add', '--all'])
  await git(directory, [...who, 'commit', '--quiet', '--message', message])
}

/** So short that nobody waits long; without these lines it is 30 seconds, and five minutes. */
function rulesFor(production: string): string {
  return `environments:
  production:
    deploy:
      poll-seconds: 1
      settle-seconds: 2
      bake-seconds: 6
      probes:
        - url: ${production}/health
      metrics:
        json: ${production}/counts?from={from}&to={to}
`
}
