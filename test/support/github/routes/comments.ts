import { Hono } from 'hono'
import { z } from 'zod'

import { holds } from '../access.ts'
import { appBehind } from '../actor.ts'
import { commentAnswer } from '../answers/issues.ts'
import { bodyOf, type Env, here, numbered, type Request, someone } from '../context.ts'
import type { House } from '../house.ts'
import { newComment } from '../issues.ts'
import { pageOf } from '../paging.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import type { Comment, Issue, Repository } from '../state.ts'
import { announceComment } from '../webhooks/announce.ts'
import { issueHere } from './issues.ts'

/** GitHub refuses longer ones. */
const longest = 65_536

/** Below `/repos/{owner}/{repo}`: what is said about issues and pull requests. */
export function commentRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/issues/:number{[0-9]+}/comments', (c) => {
    const { repository, issue } = issueHere(house, c, 'read')
    const since = new Date(c.req.query('since') ?? 0)
    const recent = issue.comments.filter((one) => one.updatedAt >= since)
    const { items } = pageOf(c, recent)
    return c.json(items.map((comment) => commentAnswer(house, { repository, issue, comment })))
  })
  routes.post('/issues/:number{[0-9]+}/comments', async (c) => {
    const { repository, issue } = issueHere(house, c, 'write')
    const { body } = await bodyOf(c, shape)
    const author = someone(c)
    const app = appBehind(c.get('actor'))
    const comment = newComment(house, issue, { author, app, body: fitting(body) })
    announceComment(house, { repository, issue, comment, action: 'created', sender: author })
    return c.json(commentAnswer(house, { repository, issue, comment }), 201)
  })
  routes.get('/issues/comments', (c) => {
    const repository = here(house, c, 'issues|pull_requests:read')
    const all = repository.issues
      .flatMap((issue) => issue.comments.map((comment) => ({ repository, issue, comment })))
      .toSorted((one, other) => one.comment.id - other.comment.id)
    return c.json(pageOf(c, all).items.map((of) => commentAnswer(house, of)))
  })
  routes.get('/issues/comments/:comment', (c) =>
    c.json(commentAnswer(house, commentHere(house, c, 'read'))),
  )
  routes.patch('/issues/comments/:comment', async (c) => {
    const of = commentHere(house, c, 'write')
    mayChange(c, of)
    const { body } = await bodyOf(c, shape)
    const also = { changes: { body: { from: of.comment.body } } }
    of.comment.body = fitting(body)
    of.comment.updatedAt = house.now()
    announceComment(house, { ...of, action: 'edited', sender: someone(c), also })
    return c.json(commentAnswer(house, of))
  })
  routes.delete('/issues/comments/:comment', (c) => {
    const of = commentHere(house, c, 'write')
    mayChange(c, of)
    of.issue.comments.splice(of.issue.comments.indexOf(of.comment), 1)
    announceComment(house, { ...of, action: 'deleted', sender: someone(c) })
    return c.body(null, 204)
  })
  return routes
}

interface CommentOf {
  readonly repository: Repository
  readonly issue: Issue
  readonly comment: Comment
}

/** The comment a path's id names. */
export function commentHere(house: House, c: Request, level: 'read' | 'write'): CommentOf {
  const repository = here(house, c, `issues|pull_requests:${level}`)
  const all = repository.issues.flatMap(({ comments }) => comments)
  const comment = numbered(c, 'comment', all)
  const issue = repository.issues.find(({ comments }) => comments.includes(comment))
  if (issue === undefined) throw notFound()
  if (issue.pull === null) here(house, c, `issues:${level}`)
  return { repository, issue, comment }
}

const shape = z.object({ body: z.string() })

function fitting(body: string): string {
  if (body === '') throw invalid({ resource: 'IssueComment', code: 'unprocessable', field: 'data' })
  if (body.length > longest)
    throw invalid({
      resource: 'IssueComment',
      code: 'unprocessable',
      field: 'data',
      message: `Body is too long (maximum is ${longest} characters)`,
    })
  return body
}

/** Whose comment it is, or who may write to the repository. */
function mayChange(c: Request, { repository, comment }: CommentOf): void {
  if (comment.author === someone(c) || holds(c.get('actor'), repository, 'contents:write')) return
  throw new Refusal(403, 'Must have admin rights to Repository.')
}
