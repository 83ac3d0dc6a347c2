import { Hono } from 'hono'
import { z } from 'zod'

import { reactionAnswer } from '../answers/issues.ts'
import { bodyOf, type Env, numbered, type Request, someone } from '../context.ts'
import { type House, nextId } from '../house.ts'
import { pageOf } from '../paging.ts'
import type { Reaction } from '../state.ts'
import { commentHere } from './comments.ts'
import { issueHere } from './issues.ts'

type Place = (c: Request, level: 'read' | 'write') => Reaction[]

/** Below `/repos/{owner}/{repo}`: reactions on issues and on comments. */
export function reactionRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  at(house, routes, {
    path: '/issues/comments/:comment/reactions',
    place: (c, level) => commentHere(house, c, level).comment.reactions,
  })
  at(house, routes, {
    path: '/issues/:number{[0-9]+}/reactions',
    place: (c, level) => issueHere(house, c, level).issue.reactions,
  })
  return routes
}

function at(house: House, routes: Hono<Env>, of: { path: string; place: Place }): void {
  const { path, place } = of
  routes.get(path, (c) => {
    const wanted = c.req.query('content')
    const all = place(c, 'read').filter((one) => wanted === undefined || one.content === wanted)
    return c.json(pageOf(c, all).items.map((one) => reactionAnswer(house, one)))
  })
  routes.post(path, async (c) => {
    const reactions = place(c, 'write')
    const { content } = await bodyOf(c, shape)
    const user = someone(c)
    const known = reactions.find((one) => one.user === user && one.content === content)
    if (known !== undefined) return c.json(reactionAnswer(house, known), 200)
    const made = { id: nextId(house), content, user, createdAt: house.now() }
    reactions.push(made)
    return c.json(reactionAnswer(house, made), 201)
  })
  routes.delete(`${path}/:reaction`, (c) => {
    const reactions = place(c, 'write')
    reactions.splice(reactions.indexOf(numbered(c, 'reaction', reactions)), 1)
    return c.body(null, 204)
  })
}

const shape = z.object({ content: z.string() })
