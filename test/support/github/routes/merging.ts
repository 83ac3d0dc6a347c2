import { Hono } from 'hono'
import { z } from 'zod'

import { personOf } from '../answers/commits.ts'
import type { PullOf } from '../answers/pulls.ts'
import { closeNamed } from '../closing-words.ts'
import { bodyOf, type Env, here, type Request, someone } from '../context.ts'
import { commitsOf, mergedTree, type Person, writeCommit } from '../git/commits.ts'
import { moveRef, refAt } from '../git/refs.ts'
import { type House, time } from '../house.ts'
import { setState } from '../issues.ts'
import { notFound, Refusal } from '../refusal.ts'
import { pullHere } from './pulls.ts'

/** Below `/repos/{owner}/{repo}/pulls/{number}/merge`. */
export function mergeRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/pulls/:number/merge', (c) => {
    if (pullHere(house, c, 'read').pull.merged === null) throw notFound()
    return c.body(null, 204)
  })
  routes.put('/pulls/:number/merge', async (c) => {
    here(house, c, 'contents:write')
    const of = pullHere(house, c, 'read')
    const sha = await merge(house, c, { of, asked: await bodyOf(c, shape) })
    return c.json({ sha, merged: true, message: 'Pull Request successfully merged' })
  })
  return routes
}

const shape = z
  .object({
    commit_title: z.string().optional(),
    commit_message: z.string().optional(),
    sha: z.string().optional(),
    merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
  })
  .nullable()
  .transform((body) => body ?? { merge_method: 'merge' as const })

interface Merge {
  readonly of: PullOf
  readonly asked: z.infer<typeof shape>
}

async function merge(house: House, c: Request, { of, asked }: Merge): Promise<string> {
  const { repository, issue, pull } = of
  if (issue.state === 'closed' || pull.draft) throw new Refusal(405, reason(of))
  if ('sha' in asked && asked.sha !== undefined && asked.sha !== pull.headSha)
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.')
  const ref = `refs/heads/${pull.baseBranch}`
  const before = await refAt(repository.directory, ref)
  if (before === null) throw notFound()
  const tree = await mergedTree(repository.directory, before, pull.headSha)
  if (tree === null) throw new Refusal(405, 'Pull Request is not mergeable')
  const by = someone(c)
  const person = personOf(by, time(house.now()))
  const after = await mergedCommit(of, { tree, before, person, asked })
  if (!(await moveRef(repository.directory, { ref, before, after })))
    throw new Refusal(409, 'Base branch was modified. Review and try the merge again.')
  pull.baseSha = before
  pull.merged = { at: house.now(), by, sha: after }
  await setState(house, { repository, issue, by, state: 'closed' })
  await closeNamed(house, { repository, text: issue.body ?? '', by })
  await house.moved({ repository, by }, [{ ref, before, after }])
  return after
}

function reason({ pull }: PullOf): string {
  if (pull.merged !== null) return 'Pull Request is not mergeable'
  return pull.draft ? 'Pull Request is still a draft' : 'Pull Request is not mergeable'
}

interface Made {
  readonly tree: string
  readonly before: string
  readonly person: Person
  readonly asked: Merge['asked']
}

async function mergedCommit(of: PullOf, made: Made): Promise<string> {
  const { repository, issue, pull } = of
  const { tree, before, person, asked } = made
  if (asked.merge_method === 'rebase') return await rebased(of, made)
  const squash = asked.merge_method === 'squash'
  const from = `${pull.headRepository.owner.login}/${pull.headBranch}`
  const usual = squash
    ? `${issue.title} (#${issue.number})`
    : `Merge pull request #${issue.number} from ${from}`
  const title = ('commit_title' in asked && asked.commit_title) || usual
  const text = ('commit_message' in asked && asked.commit_message) || (squash ? '' : issue.title)
  return await writeCommit(repository.directory, {
    tree,
    parents: squash ? [before] : [before, pull.headSha],
    message: `${title}\n\n${text}`.trim(),
    author: person,
    committer: { name: 'GitHub', email: 'noreply@github.com', date: person.date },
  })
}

/** Each commit again on top of the base; their trees by merging, one after the other. */
async function rebased({ repository, pull }: PullOf, { before, person }: Made): Promise<string> {
  const { directory } = repository
  let tip = before
  for (const commit of await commitsOf(directory, ['--reverse', `${before}..${pull.headSha}`])) {
    const tree = await mergedTree(directory, tip, commit.sha)
    if (tree === null) throw new Refusal(405, 'This branch can\u2019t be rebased')
    const { message, author } = commit
    const of = { tree, parents: [tip], message, author, committer: person }
    tip = await writeCommit(directory, of)
  }
  return tip
}
