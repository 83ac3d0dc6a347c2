import { join } from 'node:path'

import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

import { cheapKiosk, cheaplyBroken } from '../support/cheap-kiosk.ts'
import { git } from '../support/github/git/run-git.ts'
import { type HostedShop, openHostedShop } from '../support/hosted-shop.ts'
import { startService, until } from '../support/service.ts'

const door = join(import.meta.dirname, '../../scripts/goalkeeper.mjs')

let hosted: HostedShop
let service: ReturnType<typeof startService>
let log = ''
let asked: number
let before: string
let kept: readonly Kept[]

beforeAll(async () => {
  hosted = await openHostedShop(cheapKiosk)
  service = startService({ ...hosted.at, env: { AGENT_SHADOW: 'true' } })
  service.process.stdout.on('data', (chunk) => {
    log += String(chunk)
  })
  await service.until('ready')
  const { shop } = hosted
  shop.github.webhooks.hold()
  await shop.maria.checkout.push('main', cheaplyBroken)
  const { issues } = shop.maria.octokit.rest
  const { data } = await issues.create({ ...shop.at, title: 'main is red' })
  asked = data.number
  await issues.createComment({ ...shop.at, issue_number: asked, body: '/auto-fix' })
  await shop.github.settled()
  before = await everything()
  shop.github.webhooks.release()
  await until(async () => (log.match(/Show the end on the check run/g) ?? []).length >= 2)
  kept = await everyRun()
})

afterAll(async () => {
  service.process.kill('SIGTERM')
  await service.process
  await hosted.close()
})

/** All that GitHub holds of the repository. */
async function everything(): Promise<string> {
  const { repository } = hosted.shop
  const refs = await git(repository.directory, ['for-each-ref'])
  const objects = await git(repository.directory, ['count-objects', '-v'])
  const issues = repository.issues.map((issue) => ({ ...issue, labels: [...issue.labels] }))
  const { runs, suites } = repository.checks
  const known = { issues, runs, suites, labels: [...repository.labels.keys()] }
  return `${refs}${objects}${JSON.stringify(known, flat)}`
}

/** Without the ways back. */
function flat(key: string, value: unknown): unknown {
  return ['suite', 'headRepository', 'app'].includes(key) ? null : value
}

/** What the record command says, as data. */
async function recorded(...words: readonly string[]): Promise<unknown> {
  const env = { GOALKEEPER_HOME: hosted.at.home, DATABASE_URL: '' }
  const { stdout } = await execa(process.execPath, [door, 'record', ...words, '--json'], { env })
  return JSON.parse(stdout)
}

const runs = z.array(z.object({ id: z.string(), outcome: z.string() }))
const would = z.object({ withheld: z.array(z.looseObject({ kind: z.string() })) })

type Kept = z.infer<typeof would> & z.infer<typeof runs>[number]

/** Every run with what it would have published. */
async function everyRun(): Promise<readonly Kept[]> {
  const all = runs.parse(await recorded())
  return await Promise.all(
    all.map(async (run) => ({ ...run, ...would.parse(await recorded(run.id)) })),
  )
}

/** The run that repairs it: the check's or the one that was asked for, whichever came first. */
function repairing(): Kept {
  const [run, ...others] = kept.filter(({ withheld }) =>
    withheld.some(({ kind }) => kind === 'pull-request'),
  )
  if (run === undefined || others.length > 0) throw new Error('there is to be one')
  return run
}

test('in shadow mode nothing on GitHub changes, and nothing is asked for but to read', async () => {
  expect(await everything()).toBe(before)

  const { served } = hosted.shop.github
  const writes = served.filter(
    ({ route }) => /^\w+ \/repos\//.test(route) && !route.startsWith('GET '),
  )
  // What maria did.
  expect(writes.map(({ route }) => route)).toEqual([
    'POST /repos/{owner}/{repo}/issues',
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  ])
})

test('the record has the pull request that would be, its commits and its words', () => {
  const { outcome, withheld } = repairing()

  expect(outcome).toBe('success')
  expect(withheld).toContainEqual({
    kind: 'pull-request',
    head: expect.stringMatching(/^auto-fix\//),
    base: 'main',
    title: expect.stringMatching(/^fix: /),
    body: expect.stringContaining('Goalkeeper found this commit red'),
    labels: expect.arrayContaining(['auto-fix']),
  })
  expect(withheld).toContainEqual(
    expect.objectContaining({
      kind: 'commit',
      message: expect.stringMatching(/^fix: /),
      diff: expect.stringContaining("+import { total } from './price.js'"),
    }),
  )
  const kinds = withheld.map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind !== 'comment' && kind !== 'reaction')).toEqual([
    'check-run',
    'commit',
    'branch',
    'pull-request',
    'check-run',
  ])
})

test('the record has what would have been answered to whoever asked', () => {
  const withheld = kept.flatMap((one) => one.withheld)

  expect(withheld).toContainEqual({ kind: 'reaction', issue: asked, comment: expect.any(Number) })
  expect(withheld).toContainEqual(expect.objectContaining({ kind: 'comment', issue: asked }))
})

test('the log has one line that says so, and a person can read the record', async () => {
  expect(log.match(/Shadow mode: everything is done but publishing/g)).toHaveLength(1)
  expect(log).toMatch(/shadow mode: “fix: .*” for main is on record and nowhere else/)

  const { id } = repairing()
  const { stdout } = await execa(process.execPath, [door, 'record', id], {
    env: { GOALKEEPER_HOME: hosted.at.home, DATABASE_URL: '' },
  })
  expect(stdout).toContain('Would have been published, and was not (shadow mode):')
  expect(stdout).toMatch(/── Pull request of auto-fix\/\S+ into main: fix: /)
  expect(stdout).toContain("+import { total } from './price.js'")
})
