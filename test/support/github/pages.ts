import { Hono } from 'hono'
import { html } from 'hono/html'

import { repositoryCalled } from './access.ts'
import { pullOf } from './answers/pulls.ts'
import { type Env, param, type Request } from './context.ts'
import { fullName, type House } from './house.ts'
import { rendered } from './markdown.ts'
import { layout } from './page-layout.ts'
import { pullPart } from './pull-page.ts'
import type { Issue, Repository } from './state.ts'

/** What a person may look at in a browser: pull requests, issues, job logs. */
export function pageRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.use(async (c, next) => {
    await next()
    // Texts of strangers are on these pages: nothing in them is loaded or run, whatever slipped through.
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
  })
  routes.get('/_logs/:owner/:repo/:job', (c) => {
    const repository = repositoryCalled(house, param(c, 'owner'), param(c, 'repo'))
    const jobs = repository?.checks.workflowRuns.flatMap((run) => run.jobs) ?? []
    const job = jobs.find(({ run }) => run.id === Number(param(c, 'job')))
    return job?.log == null ? c.notFound() : c.text(job.log)
  })
  routes.get('/:owner/:repo/issues/:number', (c) => shown(house, c))
  routes.get('/:owner/:repo/pull/:number', (c) => shown(house, c))
  return routes
}

async function shown(house: House, c: Request) {
  const repository = repositoryCalled(house, param(c, 'owner'), param(c, 'repo'))
  const issue = repository?.issues.find(({ number }) => number === Number(param(c, 'number')))
  if (!repository || issue === undefined) return c.notFound()
  const of = pullOf(repository, issue)
  return c.html(await page(repository, issue, of === null ? '' : await pullPart(house, of)))
}

function page(repository: Repository, issue: Issue, more: unknown) {
  const state = stateOf(issue)
  const labels = [...issue.labels].map((label) => html`<code>${label}</code> `)
  return layout(
    `${issue.title} · ${fullName(repository)}`,
    html`<p>${fullName(repository)}</p>
      <h1>${issue.title} #${issue.number}</h1>
      <p><span class="state ${state}">${state}</span> by ${issue.author.login} ${labels}</p>
      ${said(issue.author.login, issue.body ?? '')}
      ${issue.comments.map(({ author, body }) => said(author.login, body))} ${more}`,
  )
}

function said(by: string, body: string) {
  return html`<article>
    <h3>${by}</h3>
    ${rendered(body)}
  </article>`
}

function stateOf({ state, pull }: Issue): string {
  if (pull?.merged) return 'merged'
  return state === 'open' && pull?.draft ? 'draft' : state
}
