import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { execa } from 'execa'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Database, openDatabase } from '#adapters/postgres/database.ts'

import { cheapKiosk, cheaplyBroken } from '../support/cheap-kiosk.ts'
import { refsBelow } from '../support/github/git/refs.ts'
import { type HostedShop, openHostedShop } from '../support/hosted-shop.ts'
import { type startService, until } from '../support/service.ts'

let hosted: HostedShop
let service: ReturnType<typeof startService>
let database: Database
let client: Client

beforeAll(async () => {
  hosted = await openHostedShop(cheapKiosk)
  // The database is not what is killed here.
  database = await openDatabase({ databaseUrl: null, directory: hosted.at.home })
  client = new Client({ connectionString: database.url })
  await client.connect()
  service = hosted.start()
  await service.until('ready')
})
afterAll(async () => {
  service.process.kill('SIGTERM')
  await service.process
  await client.end()
  await database.stop()
  await hosted.close()
})

/** As an out-of-memory killer would, at this very moment; and somebody starts it again. */
async function killAndStart(): Promise<void> {
  service.process.kill('SIGKILL')
  await service.process
  expect(await sandboxes()).toEqual([])
  service = hosted.start()
  const end = ended(service.process)
  // Ended later, it is looked at by whoever ended it.
  end.catch(() => undefined)
  await Promise.race([service.until('health'), end])
}

/** The next of the kills may come before the service answered: whoever waits for that one starts it again. */
async function ended(of: typeof service.process): Promise<void> {
  const { stdout, stderr, signal } = await of
  if (signal !== 'SIGKILL') throw new Error(`it did not start: ${stdout}${stderr}`)
}

/** The process dies after GitHub did what it asked, and before it hears of it. */
function killAfter(route: string): { readonly isDone: () => Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const act = async (): Promise<void> => {
    service.process.kill('SIGKILL')
    await service.process
    resolve()
  }
  hosted.shop.github.faults.add({ route, fault: { kind: 'afterwards', act }, times: 1 })
  return { isDone: () => promise }
}

async function sandboxes(): Promise<readonly string[]> {
  // A sandbox ends with its process, which takes a moment.
  for (let tries = 0; ; tries += 1) {
    const { stdout } = await execa('ps', ['-eo', 'args'])
    const left = stdout
      .split('\n')
      .filter((line) => line.includes('bwrap') && line.includes(hosted.at.home))
    if (left.length === 0 || tries > 20) return left
    await sleep(100)
  }
}

/** Until a step is under way, or has ended, in any life of the process. */
async function reached(step: string, isOver: boolean): Promise<void> {
  await until(async () => {
    const { rows } = await client.query<{ state: string }>(
      'select state from goalkeeper.attempts where step = $1',
      [step],
    )
    return rows.some(({ state }) => !isOver || state === 'succeeded')
  })
}

async function worksites(): Promise<readonly string[]> {
  const folder = join(hosted.at.home, 'work')
  return existsSync(folder) ? await readdir(folder) : []
}

const routes = {
  checkRun: 'POST /repos/{owner}/{repo}/check-runs',
  comment: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  pull: 'POST /repos/{owner}/{repo}/pulls',
  label: 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  end: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
}

test('a service killed at every effect on GitHub and inside and between its steps does everything once', async () => {
  const { shop } = hosted
  const { push } = shop.maria.checkout
  await push('topic', cheapKiosk)
  const wanted = { ...shop.at, head: 'topic', base: 'main', title: 'sell tea' }
  await push('topic', { 'README.md': 'Tea.\n' })
  const { data: opened } = await shop.maria.octokit.rest.pulls.create(wanted)
  const checkRun = killAfter(routes.checkRun)
  const comment = killAfter(routes.comment)
  const pull = killAfter(routes.pull)
  const label = killAfter(routes.label)
  const red = await push('topic', cheaplyBroken)

  const kills: string[] = []
  const after = async (what: string, isSo: Promise<void>): Promise<void> => {
    await isSo
    await killAndStart()
    kills.push(what)
  }
  await after('the check run is there', checkRun.isDone())
  await after('the comment is there', comment.isDone())
  await after('inside: the checks run', reached('reproduce', false))
  await after('between: what is red is known', reached('take', true))
  await after('inside: a fix is looked for', reached('propose', false))
  await after('between: the fix is judged', reached('judge', true))
  await after(
    'the branch is pushed',
    until(async () => (await refsBelow(shop.repository.directory, 'refs/heads/auto-fix')).size > 0),
  )
  await after('the pull request is there', pull.isDone())
  await after('its label is there', label.isDone())
  const ready = hosted.fixOnce('topic', ({ draft }) => draft === false)
  await after(
    'it is ready for review',
    ready.then(() => undefined),
  )
  const end = killAfter(routes.end)
  await after('the check run has its end', end.isDone())

  const fix = await ready
  expect(await hosted.concluded(red)).toMatchObject({ conclusion: 'success' })
  expect(kills).toHaveLength(11)
  expect(await hosted.ours(red)).toHaveLength(1)
  expect(await hosted.fixesFor('topic')).toHaveLength(1)
  expect(await hosted.commitsOf(fix.number)).toHaveLength(1)
  const told = async () =>
    (await hosted.commentsOn(opened.number)).filter(({ by }) => by === 'keeper[bot]')
  await until(async () => (await told()).some(({ body }) => body.includes(`#${fix.number}`)))
  expect(await told()).toHaveLength(1)
  await until(async () => (await worksites()).length === 0)
  expect(await sandboxes()).toEqual([])
})
