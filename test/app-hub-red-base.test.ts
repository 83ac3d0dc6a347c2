import { beforeEach, expect, test } from 'vitest'

import type { Event } from '#domain/event.ts'
import { event as parsed } from '#domain/event.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import { runIdAfter } from '#domain/run.ts'
import type { CommitVerdict } from '#ports/hosting.ts'
import { concludeRun } from '#steps/conclude-run.ts'
import { mindBase } from '#steps/mind-base.ts'

import { handled } from '../src/app-handlers.ts'
import { hubHandlers, type HubParts } from '../src/app-hub.ts'
import { contextOf } from './support/fix-world.ts'
import { memoryHosting, storeOf } from './support/hosted-world.ts'
import { checkFailed, checksCompleted, hubPull } from './support/hub-events.ts'
import { memoryLedger } from './support/ledger-world.ts'

const shas = { main: 'e'.repeat(40), repaired: 'd'.repeat(40) }
const pulls = [
  { number: 5, branch: 'tea', sha: '5'.repeat(40) },
  { number: 6, branch: 'cake', sha: '6'.repeat(40) },
]

let tip = shas.main
let heads: Readonly<Record<number, string>> = {}
let runs = new Map<string, Event>()
let comments: { issue: number; body: string }[] = []
let stopped: 'paused' | null = null
let ledger: ReturnType<typeof memoryLedger>['ledger']
let parts: HubParts

/** A host on which `main` and all that left it are red, until it is repaired; and an engine that keeps what it starts. */
beforeEach(() => {
  tip = shas.main
  heads = Object.fromEntries(pulls.map(({ number, sha }) => [number, sha]))
  runs = new Map()
  stopped = null
  const { hosting, comments: said } = memoryHosting()
  comments = said
  const look = async (_where: unknown, number: number) => ({
    number,
    url: '',
    state: 'open' as const,
    headSha: heads[number] ?? '',
    isDraft: false,
  })
  const verdict = async (_where: unknown, sha: string): Promise<CommitVerdict> =>
    sha === shas.repaired ? { kind: 'green' } : { kind: 'red', failed: ['test'] }
  ledger = memoryLedger().ledger
  parts = {
    ...ledger,
    engine: {
      async start(id, _workflow, event) {
        if (!runs.has(id)) runs.set(id, event)
      },
      signal: async () => undefined,
      cancel: async () => undefined,
    },
    hosting: {
      ...hosting,
      branches: { tip: async () => tip },
      checkRuns: { ...hosting.checkRuns, verdict },
      pullRequests: { ...hosting.pullRequests, look },
    },
    startedBy: () => ['auto-fix-on-github'],
    stops: { of: async () => stopped },
    enabled: true,
    shadow: false,
    coder: false,
    webUrl: 'https://github.example',
  }
})

const heed = (event: HubEvent) => handled(event, hubHandlers(parts))

/** Both pull requests fail with the test that fails on `main`, and their runs come to look at it. */
async function bothRed() {
  for (const { number, branch, sha } of pulls) {
    const head = { branch, sha, repositoryId: 11 }
    await heed(checkFailed({ head, pulls: [{ ...hubPull(), number, head }] }))
  }
  const first = [...runs]
  for (const [runId, event] of first) await lookedAt(runId, event)
  return first.map(([runId]) => runId)
}

/** The two steps that end a run in which nothing was red that is not red on the base. */
async function lookedAt(runId: string, event: Event) {
  const ports = { ...ledger, ...parts.hosting, store: storeOf() }
  const context = { ...contextOf().context, runId, event }
  const mind = mindBase(ports)
  const minded = await mind.run(mind.input.parse({ next: null }), context)
  const { base = null, next = null } = minded.kind === 'done' ? minded.outputs : {}
  if (next !== null)
    await parts.engine.start(runIdAfter(runId), 'auto-fix-on-github', parsed.parse(next))
  const nothing = {
    diff: async () => '',
    read: async () => null,
    release: async () => undefined,
  }
  const end = concludeRun({
    ...ports,
    coder: null,
    repositories: nothing,
  })
  const none = { number: null, url: null, verdict: null, failed: null, place: null, patch: null }
  const because = { reason: null, detail: null, next: null }
  await end.run(end.input.parse({ ...none, ...because, base }), context)
}

const mainIsGreen = () => {
  tip = shas.repaired
  return heed(checksCompleted({ head: { branch: 'main', sha: tip, repositoryId: 11 } }))
}

const said = (number: number) =>
  comments.filter(({ issue }) => issue === number).map(({ body }) => body)

test('two pull requests that are red as their base is have it repaired once, and both say who does', async () => {
  const [tea, cake] = await bothRed()
  await heed(checkFailed({ head: { branch: 'main', sha: shas.main, repositoryId: 11 } }))

  const onMain = [...runs].filter(([, event]) => event.ref === shas.main)
  expect(onMain).toMatchObject([[`${tea}.2`, { base: null, hosted: { pullRequest: null } }]])
  expect([...runs.keys()]).toEqual([tea, cake, `${tea}.2`])
  for (const { number } of pulls)
    expect(said(number).join()).toContain(`Run ${tea}.2 looks after it.`)
})

test('both hear that the base is green again, once', async () => {
  await bothRed()
  const before = comments.length
  await mainIsGreen()
  await mainIsGreen()

  const told = comments.slice(before)
  expect(told.map(({ issue }) => issue)).toEqual([5, 6])
  for (const { body } of told)
    expect(body).toContain('green again (`dddddddddddd`). Bring this branch up to date.')
})

test('one that went on since, or that we may not speak to, hears nothing', async () => {
  await bothRed()
  const before = comments.length
  stopped = 'paused'
  await mainIsGreen()
  expect(comments).toHaveLength(before)

  stopped = null
  heads = { ...heads, 5: '7'.repeat(40) }
  await mainIsGreen()
  expect(comments.slice(before).map(({ issue }) => issue)).toEqual([6])
})

test.each([
  ['are red', { conclusion: 'failure' as const }],
  ['are about another branch', { head: { branch: 'topic', sha: shas.repaired, repositoryId: 11 } }],
  ['are about an older commit', { head: { branch: 'main', sha: shas.main, repositoryId: 11 } }],
])('nobody hears of checks that %s', async (_which, more) => {
  await bothRed()
  const before = comments.length
  tip = shas.repaired
  await heed(checksCompleted({ head: { branch: 'main', sha: tip, repositoryId: 11 }, ...more }))
  expect(comments).toHaveLength(before)
})
