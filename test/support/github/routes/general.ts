import { Hono } from 'hono'

import { holds } from '../access.ts'
import { profileAnswer } from '../answers/accounts.ts'
import { issueAnswer } from '../answers/issues.ts'
import { type Env, param, type Request, someone } from '../context.ts'
import { accountCalled, fullName, type House } from '../house.ts'
import { pageOf } from '../paging.ts'
import type { RateLimits } from '../rate-limit.ts'
import { invalid, notFound } from '../refusal.ts'
import type { Issue, Repository } from '../state.ts'

/** What belongs to no repository: people, limits and the search. */
export function generalRoutes(house: House, limits: RateLimits): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/rate_limit', (c) => {
    const core = limits.of(c)
    const search = { ...core, limit: 30, remaining: 30, used: 0 }
    return c.json({ resources: { core, search, graphql: core }, rate: core })
  })
  routes.get('/user', (c) => c.json(profileAnswer(house, someone(c))))
  routes.get('/users/:username', (c) => {
    const account = accountCalled(house, param(c, 'username'))
    if (account === null) throw notFound()
    return c.json(profileAnswer(house, account))
  })
  routes.get('/search/issues', (c) => {
    const { items, total } = pageOf(c, search(house, c))
    return c.json({
      total_count: total,
      incomplete_results: false,
      search_type: 'lexical',
      items: items.map(({ repository, issue }) => ({
        ...issueAnswer(house, repository, issue),
        score: 1,
      })),
    })
  })
  return routes
}

interface Found {
  readonly repository: Repository
  readonly issue: Issue
}

/** Words that must stand in title or body, and the qualifiers below; GitHub knows many more. */
function search(house: House, c: Request): readonly Found[] {
  const terms = [...(c.req.query('q') ?? '').matchAll(/(-?\w+):("[^"]*"|\S+)|"([^"]*)"|(\S+)/g)]
  const all = [...house.state.repositories.values()]
    .filter((repository) => holds(c.get('actor'), repository, 'issues:read'))
    .flatMap((repository) => repository.issues.map((issue) => ({ repository, issue })))
  return all
    .filter((found) =>
      terms.every(([, name, value = '', quoted, word]) =>
        name === undefined
          ? says(found.issue, quoted ?? word ?? '')
          : qualifies(found, name, value.replaceAll('"', '')),
      ),
    )
    .toReversed()
}

function says({ title, body }: Issue, words: string): boolean {
  return `${title}\n${body ?? ''}`.toLowerCase().includes(words.toLowerCase())
}

function qualifies({ repository, issue }: Found, name: string, value: string): boolean {
  const check = qualifiers[name]
  if (check === undefined)
    throw invalid({ resource: 'Search', code: 'invalid', field: 'q', message: `no ${name} here` })
  return check({ repository, issue }, value)
}

const qualifiers: Readonly<Record<string, (found: Found, value: string) => boolean>> = {
  repo: ({ repository }, value) => fullName(repository).toLowerCase() === value.toLowerCase(),
  is: ({ issue }, value) => isA(issue, value),
  type: ({ issue }, value) => isA(issue, value),
  state: ({ issue }, value) => issue.state === value,
  label: ({ issue }, value) => issue.labels.has(value),
  author: ({ issue }, value) => issue.author.login === value.replace(/^app\/(.*)$/, '$1[bot]'),
  head: ({ issue }, value) => issue.pull?.headBranch.startsWith(value) ?? false,
  base: ({ issue }, value) => issue.pull?.baseBranch === value,
  // Both sides are looked at anyway.
  in: () => true,
}

function isA({ state, pull }: Issue, value: string): boolean {
  const isPull = pull !== null
  if (value === 'merged') return pull !== null && pull.merged !== null
  return value === state || (value === 'pr' && isPull) || (value === 'issue' && !isPull)
}
