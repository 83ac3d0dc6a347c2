import { Hono } from 'hono'
import { html } from 'hono/html'

import { repositoryCalled } from './access.ts'
import type { PullOf } from './answers/pulls.ts'
import { pullOf } from './answers/pulls.ts'
import { type Env, param, type Request } from './context.ts'
import { mergeBase } from './git/commits.ts'
import { git } from './git/run-git.ts'
import { fullName, type House } from './house.ts'
import type { Issue, Repository } from './state.ts'
import { latestRuns } from './suites.ts'

/** What a person may look at in a browser: pull requests, issues, job logs. */
export function pageRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/_logs/:owner/:repo/:job', (c) => {
    const repository = repositoryCalled(house, param(c, 'owner'), param(c, 'repo'))
    const jobs = repository?.checks.workflowRuns.flatMap((run) => run.jobs) ?? []
    const job = jobs.find(({ run }) => run.id === Number(param(c, 'job')))
    return job === undefined ? c.notFound() : c.text(job.log)
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
  return c.html(await page(repository, issue, of === null ? '' : await pullPart(of)))
}

async function page(repository: Repository, issue: Issue, more: unknown) {
  const comments = issue.comments.map(
    ({ author, body }) =>
      html`<h3>${author.login}</h3>
        <pre>${body}</pre>`,
  )
  return html`<!doctype html>
    <meta charset="utf-8" />
    <title>${issue.title} · ${fullName(repository)}</title>
    <style>
      body {
        font: 1rem/1.5 system-ui;
        max-width: 60rem;
        margin: 2rem auto;
      }
      pre {
        white-space: pre-wrap;
      }
    </style>
    <h1>${issue.title} #${issue.number}</h1>
    <p>${issue.state} · by ${issue.author.login} · ${[...issue.labels].join(', ')}</p>
    <pre>${issue.body ?? ''}</pre>
    ${more} ${comments}`
}

async function pullPart({ repository, pull }: PullOf) {
  const { directory, checks } = repository
  const from = await mergeBase(directory, pull.baseSha, pull.headSha)
  const diff = await git(directory, ['diff', from ?? pull.baseSha, pull.headSha])
  const runs = latestRuns(checks.runs.filter(({ headSha }) => headSha === pull.headSha))
  const lines = runs.map(({ name, status, conclusion }) => `${name}: ${conclusion ?? status}`)
  return html`<p>${pull.headBranch} → ${pull.baseBranch}</p>
    <h2>Checks</h2>
    <pre>${lines.join('\n')}</pre>
    <h2>Changes</h2>
    <pre>${diff}</pre>`
}
