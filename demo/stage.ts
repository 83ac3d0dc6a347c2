import { execFile } from 'node:child_process'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { readAppManifest } from '../src/config/app-manifest.ts'
import type { RegisteredApp } from '../test/support/github/cast.ts'
import { git, gitLine } from '../test/support/github/git/run-git.ts'
import { type GitHub, startGitHub } from '../test/support/github/github.ts'
import type { Repository } from '../test/support/github/state.ts'

/** Where the demonstration plays: a GitHub on loopback with one repository, a developer and the App, installed. */
export interface Stage {
  readonly github: GitHub
  readonly repository: Repository
  readonly keeper: RegisteredApp
  readonly secret: string
  /** Tells GitHub where the App takes webhooks, installs it, and pushes a day's work in a hurry. Answers the red commit. */
  begin(webhooks: string): Promise<string>
}

const files = join(import.meta.dirname, 'repository')
const hurry = join(import.meta.dirname, 'hurry.patch')

/** Opens it; `place` is a folder of its own, `secret` that of the webhook. Close `github` in the end. */
export async function openStage(place: string, secret: string): Promise<Stage> {
  const github = await startGitHub({ ciEnvironment: runnerEnvironment(place) })
  const acme = github.organization('acme')
  const robin = github.person('robin')
  const repository = await github.repository({ owner: acme, name: 'greenhouse', private: true })
  repository.collaborators.set('robin', 'admin')
  const { default_permissions: permissions, default_events: events } = readAppManifest()
  const keeper = github.app({ slug: 'goalkeeper', name: 'Goalkeeper', permissions, events })
  const remote = `${github.url.replace('//', `//x-access-token:${robin.token}@`)}/acme/greenhouse.git`
  return {
    github,
    repository,
    keeper,
    secret,
    async begin(url) {
      keeper.app.hook = { url, secret }
      github.install(keeper.app, acme)
      return await pushInAHurry(join(place, 'greenhouse'), remote)
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

/** Two commits: one whose checks are green, and the day after. */
async function pushInAHurry(directory: string, remote: string): Promise<string> {
  await mkdir(directory)
  await git(directory, ['init', '--quiet', '--initial-branch=main'])
  await cp(files, directory, { recursive: true })
  await promisify(execFile)('git', ['apply', '--reverse', hurry], { cwd: directory })
  await commit(directory, 'feat: lamps, and a report for the day')
  await promisify(execFile)('git', ['apply', hurry], { cwd: directory })
  await commit(directory, 'feat: a good day’s work')
  await git(directory, ['push', '--quiet', remote, 'HEAD:refs/heads/main'])
  return await gitLine(directory, ['rev-parse', 'HEAD'])
}

async function commit(directory: string, message: string): Promise<void> {
  const who = ['-c', 'user.name=robin', '-c', 'user.email=robin@example.com']
  await git(directory, ['add', '--all'])
  await git(directory, [...who, 'commit', '--quiet', '--message', message])
}
