import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { openShop, type Shop } from '../support/github/shop.ts'
import { newHome } from '../support/lived-in-home.ts'
import { freePort, secret, startService, until } from '../support/service.ts'

const receipt = `import { total } from './price.js'

export const receipt = (items) => \`\${total(items)} cents\`
`

/** A kiosk without dependencies, whose checks run on every push and every pull request. */
const kiosk = {
  'package.json': '{ "name": "kiosk", "private": true, "type": "module" }\n',
  '.github/workflows/ci.yml':
    'name: ci\non: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n      - run: node --test\n',
  'src/price.js': 'export const total = (items) => items.reduce((sum, item) => sum + item, 0)\n',
  'src/receipt.js': receipt,
  'test/receipt.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'

import { receipt } from '../src/receipt.js'

test('a receipt names the total', () => assert.equal(receipt([1, 2]), '3 cents'))
`,
}

const broken = { 'src/receipt.js': receipt.replace('./price.js', './prise.js') }
const ourCheck = 'goalkeeper / auto-fix'

let home: string
let shop: Shop
let service: ReturnType<typeof startService>

beforeAll(async () => {
  home = newHome('goalkeeper-hosted-')
  const port = await freePort()
  shop = await openShop({
    files: kiosk,
    ci: 'workflows',
    events: ['check_run', 'check_suite', 'workflow_run', 'issues', 'issue_comment', 'push'],
    webhook: { url: `http://127.0.0.1:${port}/api/github/webhooks`, secret },
  })
  const { keeper, github } = shop
  const { privateKey } = keeper
  service = startService({ home, port, appId: keeper.app.id, privateKey, apiUrl: github.api })
  await service.until('ready')
})

afterAll(async () => {
  service.process.kill('SIGTERM')
  await service.process
  await shop.close()
  rmSync(home, { recursive: true, force: true })
})

async function pulls() {
  const { data } = await shop.maria.octokit.rest.pulls.list({ ...shop.at, state: 'all' })
  return data.map(({ number, draft, title, head, base }) => ({
    number,
    draft,
    title,
    head: head.ref,
    sha: head.sha,
    base: base.ref,
  }))
}

/** The fix for a branch, once it waits for a review. */
async function readyFixFor(branch: string) {
  const isFix = ({ base, draft, head }: Awaited<ReturnType<typeof pulls>>[number]): boolean =>
    base === branch && draft === false && head.startsWith('auto-fix/')
  await until(async () => (await pulls()).some(isFix))
  return (await pulls()).filter(isFix)
}

async function checksOf(ref: string) {
  const { data } = await shop.maria.octokit.rest.checks.listForRef({ ...shop.at, ref })
  return data.check_runs.map(({ name, conclusion }) => [name, conclusion])
}

/** What our check run on a commit ended with. */
async function concluded(ref: string) {
  const ours = async () => (await checksOf(ref)).find(([name]) => name === ourCheck)?.[1] ?? null
  await until(async () => (await ours()) !== null)
  return await ours()
}

async function commentsOn(issue: number) {
  const place = { ...shop.at, issue_number: issue }
  const { data } = await shop.maria.octokit.rest.issues.listComments(place)
  return data.map(({ user, body }) => ({ by: user?.login, body }))
}

test('a push that turns main red becomes a pull request with green checks, and main stays as it is', async () => {
  const red = await shop.maria.checkout.push('main', broken)

  const [fix, ...others] = await readyFixFor('main')

  expect(others).toEqual([])
  expect(fix?.title).toMatch(/^fix: /)
  expect(await checksOf(fix?.sha ?? '')).toContainEqual(['test', 'success'])
  expect(await concluded(red)).toBe('success')
  const { data } = await shop.maria.octokit.rest.repos.getBranch({ ...shop.at, branch: 'main' })
  expect(data.commit.sha).toBe(red)
})

test('a red pull request gets its fix against its own branch, and one comment that says so', async () => {
  await shop.maria.checkout.push('main', kiosk)
  const red = await shop.maria.checkout.push('topic', broken)
  const { data: opened } = await shop.maria.octokit.rest.pulls.create({
    ...shop.at,
    head: 'topic',
    base: 'main',
    title: 'sell tea',
  })

  const [fix] = await readyFixFor('topic')
  expect(await concluded(red)).toBe('success')

  const told = async () =>
    (await commentsOn(opened.number)).filter(({ by }) => by === 'keeper[bot]')
  await until(async () => (await told())[0]?.body?.includes(`#${fix?.number}`) ?? false)
  expect(await told()).toHaveLength(1)
})

test('a fork gets its fix suggested on its lines and shown as a patch, and nothing is pushed or opened', async () => {
  await shop.stranger.octokit.rest.repos.createFork(shop.at)
  const { token, login } = shop.stranger.account
  const { git, directory } = shop.stranger.checkout
  const url = `${shop.github.url.replace('//', `//x-access-token:${token}@`)}/${login}/kiosk.git`
  await git('fetch', '--quiet', 'origin')
  await git('checkout', '--quiet', '-B', 'tea', 'origin/main')
  writeFileSync(join(directory, 'src/receipt.js'), broken['src/receipt.js'])
  await git('commit', '--quiet', '--all', '--message', 'sell tea')
  await git('push', '--quiet', url, 'HEAD:refs/heads/tea')
  const before = await pulls()
  const { data: opened } = await shop.stranger.octokit.rest.pulls.create({
    ...shop.at,
    head: `${login}:tea`,
    base: 'main',
    title: 'sell tea',
  })

  const told = async () => (await commentsOn(opened.number)).map(({ body }) => body ?? '').join()
  await until(async () => (await told()).includes('```diff'))

  expect(await told()).toContain("+import { total } from './price.js'")
  const reviews = shop.repository.issues.find(({ number }) => number === opened.number)?.pull
    ?.reviews
  const suggested = { path: 'src/receipt.js', body: expect.stringContaining('```suggestion\n') }
  expect(reviews).toMatchObject([{ sha: opened.head.sha, comments: [suggested] }])
  const numbers = (of: Awaited<ReturnType<typeof pulls>>) => of.map(({ number }) => number)
  expect(numbers(await pulls())).toEqual([opened.number, ...numbers(before)])
})

test('the label on an issue without a red check is answered once, and helpfully', async () => {
  const { issues } = shop.maria.octokit.rest
  const { data } = await issues.create({ ...shop.at, title: 'The total looks odd' })
  const place = { ...shop.at, issue_number: data.number }
  await issues.addLabels({ ...place, labels: ['auto-fix'] })

  await until(async () =>
    (await commentsOn(data.number)).some(({ body }) => body?.includes('No pull request') ?? false),
  )

  const answers = await commentsOn(data.number)
  expect(answers.map(({ by }) => by)).toEqual(['keeper[bot]'])
  expect(answers[0]?.body).toContain('nothing was red')
  expect(answers[0]?.body).toContain('`CODER_PROVIDER`')
})

test('every delivery a second time changes nothing', async () => {
  await shop.github.settled()
  const seen = async () => ({
    pulls: await pulls(),
    runs: shop.repository.checks.runs.length,
    comments: shop.github.served.filter(({ route }) => /^POST .*\/comments$/.test(route)).length,
  })
  const before = await seen()
  const { app } = shop.keeper
  for (const delivery of app.deliveries.slice()) await shop.github.webhooks.redeliver(app, delivery)
  await shop.github.settled()

  expect(await seen()).toEqual(before)
})

test('a word from somebody who may only read starts nothing', async () => {
  const before = await pulls()
  const { data } = await shop.stranger.octokit.rest.issues.create({ ...shop.at, title: 'Red?' })
  const place = { ...shop.at, issue_number: data.number }
  await shop.stranger.octokit.rest.issues.createComment({ ...place, body: '/auto-fix' })
  await shop.github.settled()

  expect(await commentsOn(data.number)).toEqual([{ by: 'stranger', body: '/auto-fix' }])
  expect(await pulls()).toEqual(before)
})
