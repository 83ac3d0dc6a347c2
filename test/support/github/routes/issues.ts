import { Hono } from 'hono'
import { z } from 'zod'

import { roleOf, roleReaches } from '../access.ts'
import { appBehind } from '../actor.ts'
import { issueAnswer } from '../answers/issues.ts'
import { bodyOf, type Env, here, param, type Request, someone } from '../context.ts'
import type { House } from '../house.ts'
import { addLabels, announceChange, newIssue, setState } from '../issues.ts'
import { pageOf } from '../paging.ts'
import { invalid, notFound } from '../refusal.ts'
import type { Issue, Repository } from '../state.ts'

/** Below `/repos/{owner}/{repo}`: issues, and pull requests as issues. */
export function issueRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/issues', (c) => {
    const repository = here(house, c, 'issues:read')
    const { items } = pageOf(c, filtered(c, repository))
    return c.json(items.map((issue) => issueAnswer(house, repository, issue)))
  })
  routes.post('/issues', async (c) => {
    const repository = here(house, c, 'issues:write')
    const { title, body, labels } = await bodyOf(c, newShape)
    const by = someone(c)
    const of = { author: by, app: appBehind(c.get('actor')), pull: null }
    const issue = newIssue(house, repository, { ...of, title: String(title), body: body ?? null })
    await announceChange(house, { repository, issue, by, action: 'opened' })
    // GitHub drops labels of those who may not triage, without a word.
    if (mayTriage(c, repository))
      await addLabels(house, { repository, issue, by, names: labels.map(nameOf) })
    return c.json(issueAnswer(house, repository, issue), 201)
  })
  routes.get('/issues/:number{[0-9]+}', (c) => {
    const { repository, issue } = issueHere(house, c, 'read')
    return c.json(issueAnswer(house, repository, issue))
  })
  routes.patch('/issues/:number{[0-9]+}', async (c) => {
    const { repository, issue } = issueHere(house, c, 'write')
    await edit(house, { repository, issue, by: someone(c), asked: await bodyOf(c, editShape) })
    return c.json(issueAnswer(house, repository, issue))
  })
  return routes
}

/** The issue a path's number names, if whoever asks may do this with it. */
export function issueHere(house: House, c: Request, level: 'read' | 'write') {
  const repository = here(house, c, `issues|pull_requests:${level}`)
  const issue = issueNumbered(repository, Number(param(c, 'number')))
  if (issue.pull === null) here(house, c, `issues:${level}`)
  return { repository, issue }
}

export function issueNumbered({ issues }: Repository, number: number): Issue {
  const issue = issues.find((one) => one.number === number)
  if (issue === undefined) throw notFound()
  return issue
}

export function mayTriage(c: Request, repository: Repository): boolean {
  const actor = c.get('actor')
  return actor.kind !== 'user' || roleReaches(roleOf(repository, actor.account), 'triage')
}

const labels = z.array(z.union([z.string(), z.object({ name: z.string() })]))
const newShape = z.object({
  title: z.union([z.string(), z.number()]),
  body: z.string().nullable().optional(),
  labels: labels.default([]),
})
const editShape = z.object({
  title: z.union([z.string(), z.number()]).nullable().optional(),
  body: z.string().nullable().optional(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullable().optional(),
  labels: labels.optional(),
})

function nameOf(label: z.infer<typeof labels>[number]): string {
  return typeof label === 'string' ? label : label.name
}

interface Edit {
  readonly repository: Repository
  readonly issue: Issue
  readonly by: ReturnType<typeof someone>
  readonly asked: z.infer<typeof editShape>
}

async function edit(house: House, { repository, issue, by, asked }: Edit): Promise<void> {
  const { title, body, state, state_reason: reason } = asked
  if (title === '') throw invalid({ resource: 'Issue', code: 'missing_field', field: 'title' })
  const changes = editText(issue, title === null ? undefined : title, body)
  const at = { repository, issue, by }
  if (Object.keys(changes).length > 0)
    await announceChange(house, { ...at, action: 'edited', also: { changes } })
  if (asked.labels !== undefined) {
    for (const name of issue.labels)
      if (!asked.labels.map(nameOf).includes(name)) issue.labels.delete(name)
    await addLabels(house, { ...at, names: asked.labels.map(nameOf) })
  }
  if (state !== undefined) await setState(house, { ...at, state, ...(reason ? { reason } : {}) })
}

/** Changes title and body; answers with what they were, as `edited` events tell it. */
export function editText(
  issue: Issue,
  title: string | number | undefined,
  body: string | null | undefined,
): Readonly<Record<string, { from: string }>> {
  const was = { title: issue.title, body: issue.body ?? '' }
  issue.title = title === undefined ? issue.title : String(title)
  issue.body = body === undefined ? issue.body : body
  return {
    ...(issue.title === was.title ? {} : { title: { from: was.title } }),
    ...((issue.body ?? '') === was.body ? {} : { body: { from: was.body } }),
  }
}

/** Newest first unless told. */
function filtered(c: Request, { issues }: Repository): readonly Issue[] {
  const { state = 'open', labels: wanted, creator, since, direction } = c.req.query()
  const names = (wanted ?? '').split(',').filter(Boolean)
  const found = issues
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => names.every((name) => issue.labels.has(name)))
    .filter((issue) => creator === undefined || issue.author.login === creator)
    .filter((issue) => since === undefined || issue.updatedAt >= new Date(since))
  return direction === 'asc' ? found : found.toReversed()
}
