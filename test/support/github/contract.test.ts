import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { judgeAnswer, judgeRequest } from './contract.ts'
import { openShop, type Shop } from './shop.ts'

const path = '/repos/acme/kiosk/issues'
const annotation = {
  path: 'a',
  start_line: 1,
  end_line: 1,
  annotation_level: 'notice',
  message: 'm',
}

interface Sent {
  readonly body?: unknown
  readonly query?: string
}

function asked(method: string, to: string, { body, query = '' }: Sent = {}): readonly string[] {
  const text = body === undefined ? '' : JSON.stringify(body)
  const request = { method, path: to, query: new URLSearchParams(query), body: text }
  return judgeRequest(request)?.problems ?? []
}

function checkRun(of: object): readonly string[] {
  const body = { name: 'keeper', head_sha: 'a'.repeat(40), ...of }
  return asked('POST', '/repos/acme/kiosk/check-runs', { body })
}

describe('a request', () => {
  test.for<[string, readonly string[], string]>([
    ['to a route GitHub does not have', asked('GET', '/repos/acme/kiosk/nothing'), 'no such route'],
    ['with a method it does not have there', asked('DELETE', path), 'no such route'],
    ['without what is required', asked('POST', path, { body: { body: 'x' } }), 'title'],
    [
      'with a word that is not in the list',
      asked('PATCH', `${path}/1`, { body: { state: 'shut' } }),
      'state',
    ],
    [
      'with a property nobody described',
      asked('POST', path, { body: { title: 'x', lables: [] } }),
      'lables',
    ],
    ['with a query nobody described', asked('GET', path, { query: 'per_pages=3' }), 'per_pages'],
    ['with a query of another type', asked('GET', path, { query: 'per_page=many' }), 'per_page'],
    ['without a body that is required', asked('POST', path), 'the body is missing'],
    [
      'with more annotations than GitHub takes at once',
      checkRun({
        output: {
          title: 't',
          summary: 's',
          annotations: Array.from({ length: 51 }, () => annotation),
        },
      }),
      '50',
    ],
  ])('%s is told', ([, problems, word]) => {
    expect(problems.join()).toContain(word)
  })

  test.for<[string, readonly string[]]>([
    ['an issue', asked('POST', path, { body: { title: 'x', labels: ['a'] } })],
    ['a finished check run', checkRun({ conclusion: 'success' })],
    ['a page', asked('GET', path, { query: 'per_page=3&state=all' })],
    ['a branch with a slash', asked('GET', '/repos/acme/kiosk/git/ref/heads/a/b')],
    ['the root folder', asked('GET', '/repos/acme/kiosk/contents')],
  ])('for %s is in order', ([, problems]) => {
    expect(problems).toEqual([])
  })
})

describe('an answer', () => {
  test.for<[string, number, unknown, string]>([
    ['lacks what is required', 200, [{ id: 1 }], 'node_id'],
    ['is of another type', 200, {}, 'array'],
    ['has a success GitHub does not describe', 202, [], '202'],
    ['has a body where there is none', 304, [1], 'not described'],
    ['refuses in another shape', 404, 'gone', 'object'],
  ])('that %s is told', ([, status, body, word]) => {
    const answer = { status, body: JSON.stringify(body) }
    const problems = judgeAnswer({ method: 'GET', path }, answer)?.problems ?? []

    expect(problems.join()).toContain(word)
  })
})

describe('the server', () => {
  let shop: Shop

  beforeEach(async () => {
    shop = await openShop()
  })

  afterEach(async () => {
    await shop.close()
  })

  test('answers 404 to a route it does not have, and remembers', async () => {
    const lost = shop.octokit.request('GET /repos/{owner}/{repo}/milestones', shop.at)

    await expect(lost).rejects.toMatchObject({ status: 404 })
    expect(shop.github.takeDeviations()).toMatchObject([
      { route: 'GET /repos/acme/kiosk/milestones', side: 'request' },
    ])
  })

  test('refuses a wrong body with 422, changes nothing, and remembers', async () => {
    const wrong = shop.octokit.request('POST /repos/{owner}/{repo}/issues', {
      ...shop.at,
      title: 'x',
      lables: ['red'],
    })

    await expect(wrong).rejects.toMatchObject({ status: 422 })
    expect(shop.repository.issues).toEqual([])
    expect(shop.github.takeDeviations()).toMatchObject([
      { route: 'POST /repos/{owner}/{repo}/issues', side: 'request' },
    ])
  })
})
