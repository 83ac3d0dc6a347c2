import { createServer, type IncomingMessage, type Server } from 'node:http'
import { json } from 'node:stream/consumers'

import { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'

import { githubDeployTarget } from '#adapters/github/deploy-target.ts'
import { githubIncidents } from '#adapters/github/incidents.ts'
import type { Carrier, DeployOrder } from '#ports/deployments.ts'

type Answer = readonly [number, unknown]

let server: Server
let baseUrl = ''
/** `GET /path` → what is answered; what was posted. */
let routes: Record<string, () => Answer> = {}
let sent: Record<string, unknown>[] = []

const posted = z.record(z.string(), z.unknown())

async function answerTo(request: IncomingMessage): Promise<Answer> {
  if (request.method === 'POST') sent.push(posted.parse(await json(request)))
  const path = request.url?.split('?')[0] ?? ''
  return routes[`${request.method} ${path}`]?.() ?? [404, {}]
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void answerTo(request).then(([status, body]) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => void server.close())
beforeEach(() => {
  sent = []
})

const clientFor = () => Promise.resolve(new Octokit({ baseUrl }))
const us = () => Promise.resolve({ id: 1, login: 'keeper[bot]' })
const order: DeployOrder = {
  repository: { installation: 7, id: 11, owner: 'octo', name: 'kiosk' },
  environment: 'production',
  sha: 'a'.repeat(40),
  task: 'deploy',
  means: null,
  patienceSeconds: 300,
  taskId: 'task-1',
  key: 'run_1 deploy',
}
const made = (login = 'keeper[bot]', payload: unknown = { goalkeeper: 'run_1 deploy' }) => ({
  id: 3,
  created_at: '2026-11-29T10:00:00Z',
  creator: { login },
  payload,
})
const status = (id: number, state: string) => ({
  id,
  state,
  description: `it is ${state}`,
  created_at: `2026-11-29T10:0${id}:00Z`,
})

const repo = '/repos/octo/kiosk'

/** A GitHub with these deployments, which answers a creation with the status. */
function hub(known: readonly object[], statuses: readonly object[], creation = 201): void {
  routes = {
    [`GET ${repo}/deployments`]: () => [200, [...known, ...(sent.length > 0 ? [made()] : [])]],
    [`GET ${repo}/deployments/3/statuses`]: () => [200, statuses],
    [`POST ${repo}/deployments`]: () => [creation, creation === 201 ? made() : {}],
  }
}

const nobody: Carrier = {
  carry: () => Promise.reject(new Error('Nobody is to be asked.')),
}
const bring = () => githubDeployTarget(clientFor, us, nobody).bring(order)
const begunAt = new Date('2026-11-29T10:00:00Z')

test('a deployment is created as it is: nothing merged into it, no check asked for', async () => {
  hub([], [])
  expect(await bring()).toEqual({ kind: 'pending', begunAt, trace: null })
  expect(sent).toEqual([
    {
      ref: order.sha,
      environment: 'production',
      task: 'deploy',
      auto_merge: false,
      required_contexts: [],
      payload: { goalkeeper: 'run_1 deploy', taskId: 'task-1' },
    },
  ])
})

test('a deployment whose creation was not answered is found and not created again', async () => {
  hub([], [], 502)
  expect(await bring()).toMatchObject({ kind: 'pending' })
  expect(await bring()).toMatchObject({ kind: 'pending' })
  expect(sent).toHaveLength(1)
})

test.each([
  ['pending without a word', [], { kind: 'pending' }],
  [
    'pending while it is built',
    [status(1, 'queued'), status(2, 'in_progress')],
    { kind: 'pending' },
  ],
  [
    'live by the last word',
    [status(1, 'failure'), status(2, 'success')],
    { kind: 'live', at: new Date('2026-11-29T10:02:00Z') },
  ],
  [
    'live though another came after it',
    [status(1, 'success'), status(2, 'inactive')],
    { kind: 'live' },
  ],
  [
    'failed',
    [status(2, 'failure'), status(1, 'in_progress')],
    { kind: 'failed', detail: 'it is failure' },
  ],
  ['failed by an error', [status(1, 'error')], { kind: 'failed' }],
])('a deployment is %s', async (_what, statuses, state) => {
  hub([made()], statuses)
  expect(await bring()).toMatchObject({ ...state, begunAt })
  expect(sent).toEqual([])
})

test.each([
  ['somebody else', made('mallory')],
  ['another run', made('keeper[bot]', { goalkeeper: 'run_2 deploy' })],
  ['whoever writes texts into it', made('keeper[bot]', '{not json')],
])('a deployment of %s is not ours', async (_who, known) => {
  hub([known], [])
  await bring()
  expect(sent).toHaveLength(1)
})

const issue = (body: unknown, login = 'keeper[bot]') => ({
  number: 4,
  html_url: 'u',
  user: { login },
  body,
})

test('an incident is one issue, however often it is opened', async () => {
  const forged = issue('<!-- goalkeeper:incident:run_1 -->', 'mallory')
  routes = {
    [`GET ${repo}/issues`]: () => [200, [forged, ...sent.map(({ body }) => issue(body))]],
    [`POST ${repo}/issues`]: () => [201, issue('')],
  }
  const incident = { key: 'run_1', title: 'Incident', body: 'bad', labels: ['incident'] }
  const { open } = githubIncidents(clientFor, us)
  expect(await open(order.repository, incident)).toEqual({ number: 4, url: 'u' })
  await open(order.repository, incident)
  expect(sent).toEqual([
    { ...incident, key: undefined, body: '<!-- goalkeeper:incident:run_1 -->\nbad' },
  ])
})

test('a trial is said to be no production, and is retired by a status', async () => {
  hub([], [status(1, 'success')])
  routes[`POST ${repo}/deployments/3/statuses`] = () => [201, { id: 9 }]
  const target = githubDeployTarget(clientFor, us, nobody)
  const trial = { ...order, environment: 'preview', isTrial: true }
  await target.bring(trial)
  await target.retire(trial)
  expect(sent).toEqual([
    expect.objectContaining({ transient_environment: true, production_environment: false }),
    expect.objectContaining({ state: 'inactive' }),
  ])
})

test('what never began is not retired', async () => {
  hub([], [])
  await githubDeployTarget(clientFor, us, nobody).retire(order)
  expect(sent).toEqual([])
})
