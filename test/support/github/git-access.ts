import type { IncomingMessage, ServerResponse } from 'node:http'

import { holds, repositoryCalled } from './access.ts'
import { accountOf, type Actor, actorOf } from './actor.ts'
import { movesBetween, refsBelow } from './git/refs.ts'
import { gitOverHttp, type Service } from './git/smart-http.ts'
import type { House } from './house.ts'
import { openPulls } from './pushes.ts'
import { Refusal } from './refusal.ts'
import type { Account, Repository } from './state.ts'

const address = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/

export function isGitPath(path: string): boolean {
  return address.test(path)
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Lets nothing else change the state while a push is taken in. */
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>
}

/** Clone, fetch and push, for whoever may. */
export async function serveGit(house: House, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const url = new URL(request.url ?? '/', house.url)
  const { service, asks, ...asked } = askedOf(url)
  try {
    const actor = await actorOf(house, request.headers.authorization)
    const repository = allowed(house, actor, asked)
    const by = accountOf(actor)
    const { directory } = repository
    const call = { request, response, directory, service, asks, rules: rulesFor(actor, repository) }
    if (by === null || asks || service !== 'git-receive-pack')
      await gitOverHttp({ ...call, settle: async () => {} })
    else await exchange.turn(() => takeIn(house, { repository, by, call }))
  } catch (error) {
    refuse(response, error)
  }
}

/** What this actor may not push here, whatever else it may. */
function rulesFor(actor: Actor, repository: Repository): Readonly<Record<string, string>> {
  const free = holds(actor, repository, 'workflows:write')
  const branches = [...repository.protectedBranches].map((name) => `refs/heads/${name}`)
  const above = holds(actor, repository, 'administration:write')
  return {
    GITHUB_NO_WORKFLOWS: free ? '' : '1',
    GITHUB_PROTECTED: above ? '' : branches.join(' '),
  }
}

function askedOf({ pathname, search }: URL) {
  const [, owner = '', name = '', last = ''] = address.exec(pathname) ?? []
  const pushes = `${last}${search}`.includes('git-receive-pack')
  const service: Service = pushes ? 'git-receive-pack' : 'git-upload-pack'
  return { owner, name, service, asks: last === 'info/refs', pushes }
}

interface Push {
  readonly repository: Repository
  readonly by: Account
  readonly call: Omit<Parameters<typeof gitOverHttp>[0], 'settle'>
}

/** The client hears that its push is done when all that follows from it is. */
async function takeIn(house: House, { repository, by, call }: Push): Promise<void> {
  const refs = () => refsBelow(repository.directory, 'refs/heads', 'refs/tags')
  const before = await refs()
  await gitOverHttp({
    ...call,
    settle: async () => house.moved({ repository, by }, movesBetween(before, await refs())),
  })
}

interface Asked {
  readonly owner: string
  readonly name: string
  readonly pushes: boolean
}

function allowed(house: House, actor: Actor, { owner, name, pushes }: Asked): Repository {
  const repository = repositoryCalled(house, owner, name)
  if (repository === null) throw unlessNobody(actor, new Refusal(404, 'Repository not found.'))
  const maintains = mayMaintain(house, actor, repository)
  if (!maintains && !holds(actor, repository, 'contents:read'))
    throw unlessNobody(actor, new Refusal(404, 'Repository not found.'))
  if (pushes && !maintains && !holds(actor, repository, 'contents:write'))
    throw unlessNobody(actor, new Refusal(403, 'Write access to repository not granted.'))
  return repository
}

/** Git asks for credentials only where it is told that some are missing. */
function unlessNobody({ kind }: Actor, otherwise: Refusal): Refusal {
  return kind === 'nobody' || kind === 'app'
    ? new Refusal(401, 'Invalid username or token.')
    : otherwise
}

/** Whoever may write to a pull request's base may push to its head in a fork, where its author lets them. */
function mayMaintain(house: House, actor: Actor, fork: Repository): boolean {
  return openPulls(house).some(
    ({ repository, pull }) =>
      pull.headRepository === fork &&
      pull.maintainerCanModify &&
      actor.kind === 'user' &&
      holds(actor, repository, 'contents:write'),
  )
}

function refuse(response: ServerResponse, error: unknown): void {
  const status = error instanceof Refusal ? error.status : 500
  if (status === 401) response.setHeader('www-authenticate', 'Basic realm="GitHub"')
  response.writeHead(status, { 'content-type': 'text/plain' })
  response.end(error instanceof Error ? error.message : 'Server Error')
}
