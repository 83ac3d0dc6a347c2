import { afterEach, beforeEach, expect, test } from 'vitest'

import { githubClients, identify } from '#adapters/github/clients.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import type { CheckAnnotation } from '#domain/check-run.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting } from '#ports/hosting.ts'

import { openShop, type Shop } from '../../support/github/shop.ts'

let shop: Shop
let hosting: Hosting
let kiosk: HostedRepository

beforeEach(async () => {
  shop = await openShop({ files: { 'src/日本.ts': 'a\n' } })
  const { keeper, github, repository, installation } = shop
  const credentials = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api }
  const clients = githubClients(credentials)
  hosting = githubHosting(clients.clientFor, () => identify(clients.app))
  kiosk = { installation: installation.id, id: repository.id, owner: 'acme', name: 'kiosk' }
})

// GitHub's description is held against every request: more than fifty at a time would be told here.
afterEach(() => shop.close())

const notes = Array.from({ length: 120 }, (_, index): CheckAnnotation => {
  const message = `finding ${index} ${'語'.repeat(1000)}`
  return { path: 'src/日本.ts', line: index + 1, level: 'failure', title: 'lint', message }
})

const show = (annotations: readonly CheckAnnotation[]) =>
  hosting.checkRuns.show(kiosk, {
    headSha: shop.first,
    externalId: 'run_1',
    conclusion: 'neutral',
    title: 'Red',
    summary: 'Look',
    annotations,
  })

const lines = () =>
  shop.repository.checks.runs.flatMap((run) => run.annotations.map((one) => one.start_line))
const updates = () =>
  shop.github.served.filter(({ route }) => /^PATCH .*check-runs/.test(route)).length

test('a hundred and twenty notes go up in three requests more, each once, however often they are shown', async () => {
  await show(notes)
  expect(lines()).toEqual(notes.map(({ line }) => line))
  expect(updates()).toBe(3)

  await show(notes)
  expect(lines()).toHaveLength(120)
})

test('what a lost answer left open is added, and nothing a second time', async () => {
  const fault = { kind: 'server-error', status: 502, effect: 'done' } as const
  const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
  shop.github.faults.add({ route, fault, times: 1, after: 2 })
  await expect(show(notes)).rejects.toThrow('Server Error')
  await show(notes)

  expect(lines()).toEqual(notes.map(({ line }) => line))
})

test('nothing is noted at a file that the commit does not have', async () => {
  const lost = notes.slice(0, 1).map((note) => ({ ...note, path: 'src/none.ts' }))
  await show([...lost, ...notes.slice(0, 1)])
  expect(lines()).toEqual([1])
})
