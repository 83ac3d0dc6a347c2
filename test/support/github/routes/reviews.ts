import { Hono } from 'hono'
import { z } from 'zod'

import { userAnswer } from '../answers/accounts.ts'
import { pullAnswer, type PullOf, reviewAnswer, reviewersOf } from '../answers/pulls.ts'
import { bodyOf, type Env, type Request, someone } from '../context.ts'
import { accountCalled, type House, nextId } from '../house.ts'
import { pageOf } from '../paging.ts'
import { invalid, Refusal } from '../refusal.ts'
import type { Review } from '../review.ts'
import { announcePull, tell } from '../webhooks/announce.ts'
import { filesOf, pullHere } from './pulls.ts'

/** Below `/repos/{owner}/{repo}/pulls/{number}`: reviews and who was asked for one. */
export function reviewRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/pulls/:number/reviews', (c) => {
    const of = pullHere(house, c, 'read')
    return c.json(pageOf(c, of.pull.reviews).items.map((one) => reviewAnswer(house, of, one)))
  })
  routes.post('/pulls/:number/reviews', async (c) => {
    const of = pullHere(house, c, 'write')
    const asked = await bodyOf(c, reviewShape)
    await refuseUnshown(of, asked.comments)
    const review = newReview(house, c, { of, asked })
    return c.json(reviewAnswer(house, of, review))
  })
  const path = '/pulls/:number/requested_reviewers'
  routes.get(path, (c) => {
    const { pull } = pullHere(house, c, 'read')
    return c.json({ users: reviewersOf(house, pull), teams: [] })
  })
  routes.post(path, async (c) => {
    const of = pullHere(house, c, 'write')
    const { reviewers } = await bodyOf(c, reviewersShape)
    for (const login of reviewers) await ask(house, c, { of, login })
    return c.json(pullAnswer(house, of, null), 201)
  })
  routes.delete(path, async (c) => {
    const of = pullHere(house, c, 'write')
    const { reviewers } = await bodyOf(c, reviewersShape)
    for (const login of reviewers) await ask(house, c, { of, login, off: true })
    return c.json(pullAnswer(house, of, null))
  })
  return routes
}

const reviewersShape = z.object({
  reviewers: z.array(z.string()).default([]),
  team_reviewers: z.array(z.string()).default([]),
})

const reviewShape = z.object({
  body: z.string().default(''),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']).optional(),
  commit_id: z.string().optional(),
  comments: z
    .array(
      z.object({
        path: z.string(),
        body: z.string(),
        line: z.number(),
        side: z.literal('RIGHT'),
        start_line: z.number().optional(),
        start_side: z.literal('RIGHT').optional(),
      }),
    )
    .default([]),
})

/** GitHub takes remarks on lines that a hunk of the diff shows, and on no others. */
async function refuseUnshown(of: PullOf, comments: Review['comments']): Promise<void> {
  const files = await filesOf(of)
  for (const { path, line, start_line: from = line } of comments) {
    const patch = files.find((file) => file.path === path)?.patch ?? ''
    const hunks = [...patch.matchAll(/^@@ \S+ \+(\d+)(?:,(\d+))? @@/gm)]
    const isShown = hunks.some(
      ([, start, count = '1']) =>
        Number(start) <= from && from <= line && line < Number(start) + Number(count),
    )
    if (!isShown) throw new Refusal(422, 'Unprocessable Entity', ['Line could not be resolved'])
  }
}

const states = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
} as const

interface Asked {
  readonly of: PullOf
  readonly asked: z.infer<typeof reviewShape>
}

function newReview(house: House, c: Request, { of, asked }: Asked): Review {
  const author = someone(c)
  if (asked.event === 'APPROVE' && author === of.issue.author)
    throw new Refusal(422, 'Unprocessable Entity: Can not approve your own pull request')
  const review: Review = {
    id: nextId(house),
    author,
    body: asked.body,
    state: asked.event === undefined ? 'PENDING' : states[asked.event],
    sha: asked.commit_id ?? of.pull.headSha,
    submittedAt: house.now(),
    comments: asked.comments,
  }
  of.pull.reviews.push(review)
  if (review.state !== 'PENDING') {
    const at = {
      name: 'pull_request_review',
      repository: of.repository,
      action: 'submitted',
      sender: author,
    }
    const answer = { ...reviewAnswer(house, of, review), state: review.state.toLowerCase() }
    const pull_request = pullAnswer(house, of, null)
    tell(house, at, { review: answer, pull_request })
  }
  return review
}

interface Reviewer {
  readonly of: PullOf
  readonly login: string
  readonly off?: boolean
}

async function ask(house: House, c: Request, { of, login, off = false }: Reviewer): Promise<void> {
  const account = accountCalled(house, login)
  if (account === null || account === of.issue.author)
    throw invalid({ resource: 'PullRequest', code: 'invalid', field: 'reviewers' })
  if (off) of.pull.requestedReviewers.delete(account.login)
  else of.pull.requestedReviewers.add(account.login)
  const action = off ? 'review_request_removed' : 'review_requested'
  const also = { requested_reviewer: userAnswer(house, account) }
  await announcePull(house, { of, action, sender: someone(c), also })
}
