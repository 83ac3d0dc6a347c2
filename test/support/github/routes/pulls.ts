import { Hono } from 'hono'
import { z } from 'zod'

import { commitAnswer, fileAnswer } from '../answers/commits.ts'
import { fullPullAnswer, pullAnswer, type PullOf, pullOf } from '../answers/pulls.ts'
import { bodyOf, type Env, here, param, type Request, someone } from '../context.ts'
import { type ChangedFile, changesBetween } from '../git/changes.ts'
import { commitsOf, mergeBase } from '../git/commits.ts'
import { refAt } from '../git/refs.ts'
import type { House } from '../house.ts'
import { announceChange, setState } from '../issues.ts'
import { newPull } from '../new-pull.ts'
import { pageOf } from '../paging.ts'
import { factsOf, updatePullRefs } from '../pull-facts.ts'
import { invalid, notFound } from '../refusal.ts'
import type { Repository } from '../state.ts'
import { editText, issueNumbered } from './issues.ts'

/** Below `/repos/{owner}/{repo}/pulls`: pull requests. */
export function pullRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/pulls', async (c) => {
    const repository = here(house, c, 'pull_requests:read')
    const { items } = pageOf(c, filtered(c, repository))
    const answers = items.map(async (of) =>
      pullAnswer(
        house,
        of,
        await refAt(repository.directory, `refs/pull/${of.issue.number}/merge`),
      ),
    )
    return c.json(await Promise.all(answers))
  })
  routes.post('/pulls', async (c) => {
    const repository = here(house, c, 'pull_requests:write')
    const of = await newPull(house, repository, {
      actor: c.get('actor'),
      asked: await bodyOf(c, newShape),
    })
    return c.json(fullPullAnswer(house, of, await factsOf(of)), 201)
  })
  routes.get('/pulls/:number', async (c) => {
    const of = pullHere(house, c, 'read')
    return c.json(fullPullAnswer(house, of, await factsOf(of)))
  })
  routes.patch('/pulls/:number', async (c) => {
    const of = pullHere(house, c, 'write')
    await edit(house, c, { of, asked: await bodyOf(c, editShape) })
    return c.json(fullPullAnswer(house, of, await factsOf(of)))
  })
  routes.get('/pulls/:number/files', async (c) => {
    const of = pullHere(house, c, 'read')
    const { items } = pageOf(c, await filesOf(of))
    const sha = of.pull.headSha
    return c.json(items.map((file) => fileAnswer(house, of.repository, { file, sha })))
  })
  routes.get('/pulls/:number/commits', async (c) => {
    const of = pullHere(house, c, 'read')
    const range = `${await baseOf(of)}..${of.pull.headSha}`
    const commits = await commitsOf(of.repository.directory, ['--reverse', range])
    const { items } = pageOf(c, commits.slice(0, 250))
    return c.json(items.map((commit) => commitAnswer(house, of.repository, commit)))
  })
  return routes
}

export async function filesOf(of: PullOf): Promise<readonly ChangedFile[]> {
  const { directory } = of.repository
  const from = await mergeBase(directory, await baseOf(of), of.pull.headSha)
  return await changesBetween(directory, from, of.pull.headSha)
}

/** The pull request a path's number names. */
export function pullHere(house: House, c: Request, level: 'read' | 'write'): PullOf {
  const repository = here(house, c, `pull_requests:${level}`)
  const of = pullOf(repository, issueNumbered(repository, Number(param(c, 'number'))))
  if (of === null) throw notFound()
  return of
}

const newShape = z.object({
  title: z.string().optional(),
  head: z.string(),
  head_repo: z.string().optional(),
  base: z.string(),
  body: z.string().optional(),
  maintainer_can_modify: z.boolean().default(false),
  draft: z.boolean().default(false),
})

export type NewPullAsked = z.infer<typeof newShape>

const editShape = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
  maintainer_can_modify: z.boolean().optional(),
})

async function baseOf({ repository, issue, pull }: PullOf): Promise<string> {
  const now = await refAt(repository.directory, `refs/heads/${pull.baseBranch}`)
  return issue.state === 'open' ? (now ?? pull.baseSha) : pull.baseSha
}

interface Edit {
  readonly of: PullOf
  readonly asked: z.infer<typeof editShape>
}

async function edit(house: House, c: Request, { of, asked }: Edit): Promise<void> {
  const { repository, issue, pull } = of
  const by = someone(c)
  const changes = { ...editText(issue, asked.title, asked.body), ...(await rebase(of, asked.base)) }
  pull.maintainerCanModify = asked.maintainer_can_modify ?? pull.maintainerCanModify
  const at = { repository, issue, by }
  if (Object.keys(changes).length > 0)
    await announceChange(house, { ...at, action: 'edited', also: { changes } })
  if (asked.state === undefined || asked.state === issue.state) return
  if (
    pull.merged !== null ||
    (await refAt(pull.headRepository.directory, `refs/heads/${pull.headBranch}`)) === null
  )
    throw invalid({
      resource: 'PullRequest',
      code: 'invalid',
      field: 'state',
      message: 'state cannot be changed.',
    })
  await setState(house, { ...at, state: asked.state })
}

/** Points a pull request at another base branch. */
async function rebase(of: PullOf, base: string | undefined) {
  const { repository, pull } = of
  if (base === undefined || base === pull.baseBranch) return {}
  const sha = await refAt(repository.directory, `refs/heads/${base}`)
  if (sha === null) throw invalid({ resource: 'PullRequest', code: 'invalid', field: 'base' })
  const from = { ref: { from: pull.baseBranch }, sha: { from: pull.baseSha } }
  pull.baseBranch = base
  pull.baseSha = sha
  await updatePullRefs(of)
  return { base: from }
}

/** Newest first unless told; `head` is `owner:branch`. */
function filtered(c: Request, repository: Repository): readonly PullOf[] {
  const { state = 'open', head, base, direction } = c.req.query()
  const found = repository.issues
    .flatMap((issue) => pullOf(repository, issue) ?? [])
    .filter(({ issue }) => state === 'all' || issue.state === state)
    .filter(({ pull }) => base === undefined || pull.baseBranch === base)
    .filter(({ pull }) => head === undefined || headLabel(pull) === head)
  return direction === 'asc' ? found : found.toReversed()
}

function headLabel({ headRepository, headBranch }: PullOf['pull']): string {
  return `${headRepository.owner.login}:${headBranch}`
}
