import { afterEach, beforeEach, expect, test } from 'vitest'

import { openHosting } from '../../support/hosting.ts'

let world: Awaited<ReturnType<typeof openHosting>>
let from: Date

beforeEach(async () => {
  world = await openHosting()
  const { shop } = world
  await shop.maria.octokit.rest.issues.createLabel({ ...shop.at, name: 'broken' })
  // GitHub notes whole seconds.
  from = new Date(Math.floor(Date.now() / 1000) * 1000)
})
afterEach(() => world.shop.close())

async function issue(labels: string[] = []): Promise<number> {
  const { shop } = world
  const wanted = { ...shop.at, title: 'No tea', labels }
  return (await shop.maria.octokit.rest.issues.create(wanted)).data.number
}

async function label(issue_number: number, as: 'maria' | 'keeper' = 'maria'): Promise<void> {
  const { shop } = world
  const octokit = as === 'maria' ? shop.maria.octokit : shop.octokit
  await octokit.rest.issues.addLabels({ ...shop.at, issue_number, labels: ['broken'] })
}

const minutes = (number: number) => new Date(from.getTime() + number * 60_000)
const reports = (window = { from, to: minutes(5) }) =>
  world.hosting.reports.labelled(world.kiosk, 'broken', window)

test('an issue that somebody who may labels in that time is a report, and one without the label none', async () => {
  const reported = await issue()
  await issue()
  expect(await reports()).toEqual([])
  await label(reported)
  expect(await reports()).toEqual([reported])
  expect(await reports({ from: minutes(1), to: minutes(5) })).toEqual([])
  expect(await reports({ from: minutes(-5), to: from })).toEqual([])
})

test('a label of a program is no report, whatever it may', async () => {
  world.shop.repository.collaborators.set('keeper[bot]', 'write')
  await label(await issue(), 'keeper')
  expect(await reports()).toEqual([])
})

test('a label of somebody who may not label any more is no report', async () => {
  await label(await issue())
  world.shop.repository.collaborators.set('maria', 'read')
  expect(await reports()).toEqual([])
})
