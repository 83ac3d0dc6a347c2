import { afterAll, beforeAll, expect, test } from 'vitest'

import { type HostedShop, openHostedShop } from '../support/hosted-shop.ts'
import { until } from '../support/service.ts'

const receipt = `import { total } from '../price.js'

export const receipt = (items) => \`\${total(items)} cents\`
`

const workflow = `name: ci
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: node --test
  style:
    runs-on: ubuntu-latest
    steps:
      - run: node style.mjs
  e2e:
    runs-on: ubuntu-latest
    services:
      database:
        image: postgres
    steps:
      - name: End to end
        run: node e2e.mjs
`

/** Red where the file says so, with words that would like to be more than words. */
const e2e = `import { readFileSync } from 'node:fs'
if (readFileSync('e2e.txt', 'utf8') === 'green') process.exit(0)
console.log('boom for @octocat ![x](https://evil.example/x.png) Fixes #1')
console.log('\`\`\`\\n<!-- goalkeeper:auto-fix --> </details>')
process.exit(3)
`

/** A kiosk whose receipts are printed where only who is logged in may print. */
const kiosk = {
  'package.json': '{ "name": "kiosk", "private": true, "type": "module" }\n',
  '.github/workflows/ci.yml': workflow,
  'e2e.mjs': e2e,
  'e2e.txt': 'green',
  'style.mjs': '',
  'src/price.js': 'export const total = (items) => items.reduce((sum, item) => sum + item, 0)\n',
  'src/auth/receipt.js': receipt,
  'test/receipt.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'

import { receipt } from '../src/auth/receipt.js'

test('a receipt names the total', () => assert.equal(receipt([1, 2]), '3 cents'))
`,
}

let hosted: HostedShop
let service: ReturnType<HostedShop['start']>

beforeAll(async () => {
  hosted = await openHostedShop(kiosk)
  service = hosted.start()
  await service.until('ready')
})

afterAll(async () => {
  service.process.kill('SIGTERM')
  await service.process
  await hosted.close()
})

test('what fails on GitHub and cannot be run here is told in CI’s own words, and nothing is changed', async () => {
  const red = await hosted.shop.maria.checkout.push('sea', { 'e2e.txt': 'red' }, 'origin/main')
  const { conclusion, title, summary = '' } = await hosted.concluded(red)

  expect(conclusion).toBe('neutral')
  expect(title).toBe('The failure does not happen here, so a fix could not be proved.')
  expect(summary).toContain(
    '`e2e` (failure) in its step `End to end` — not reproducible here: not all of it can be run here',
  )
  expect(summary).toContain(
    '````\nboom for @octocat ![x](https://evil.example/x.png) Fixes #1\n```\n<!-- goalkeeper:auto-fix --> </details>\n````',
  )
  expect(await hosted.fixesFor('sea')).toEqual([])
})

test('a red push whose pull request opens later is one run, told there; the fix of a file of the login waits for a human', async () => {
  const { maria, at } = hosted.shop
  const broken = { 'src/auth/receipt.js': receipt.replace('../price.js', '../prise.js') }
  const red = await maria.checkout.push('topic', broken, 'origin/main')
  await until(async () => (await hosted.ours(red)).length > 0)
  const topic = { ...at, head: 'topic', base: 'main', title: 'sell tea' }
  const { data: opened } = await maria.octokit.rest.pulls.create(topic)

  const { conclusion, summary = '' } = await hosted.concluded(red)
  const [fix, ...others] = await hosted.fixesFor('topic')

  expect([conclusion, others]).toEqual(['success', []])
  expect(await hosted.ours(red)).toHaveLength(1)
  expect(fix).toMatchObject({ draft: true, labels: ['auto-fix', 'needs-human-review'] })
  expect(fix?.body).toContain('This is a draft until a human decides')
  expect(fix?.body).toContain('authentication: `src/auth/receipt.js`')
  const told = async () =>
    (await hosted.commentsOn(opened.number)).filter(({ by }) => by === 'keeper[bot]')
  await until(async () => (await told()).some(({ body }) => body.includes(`#${fix?.number}`)))
  expect(await told()).toHaveLength(1)
  const checks = (await hosted.runsOn(fix?.sha ?? '')).map(({ name, conclusion: end }) => [
    name,
    end,
  ])
  expect(checks).toContainEqual(['test', 'success'])
  // What CI saw was seen here; only the red job was looked at, and the green one belongs to the proof.
  expect(summary).toMatch(
    /`test` \(failure\) in its step `Run node --test` — (?:red here too|the same here)/,
  )
  expect(summary).toMatch(/\| style \/ node style\.mjs \| green \|/)
})
