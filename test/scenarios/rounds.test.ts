import { afterAll, beforeAll, expect, test } from 'vitest'

import { type HostedShop, openHostedShop } from '../support/hosted-shop.ts'
import type { startService } from '../support/service.ts'
import { smokeTested } from '../support/smoke-tested.ts'

const importing = (name: string, from: string) =>
  `import { ${name} } from '${from}'\n\nexport const ${name}s = (items) => \`\${${name}(items)} cents\`\n`
const testing = (name: string) => `import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ${name}s } from '../src/${name}s.js'

test('${name}s', () => assert.equal(${name}s([1, 2]), '3 cents'))
`

/** CI tests the total first, and tries the label only where that is green; Goalkeeper is told to look at the first. */
const kiosk = {
  ...smokeTested,
  'src/total.js': 'export const total = (items) => items.reduce((sum, item) => sum + item, 0)\n',
  'src/label.js': 'export const label = (items) => items.reduce((sum, item) => sum + item, 0)\n',
  'src/totals.js': importing('total', './total.js'),
  'src/labels.js': importing('label', './label.js'),
  'test/totals.test.js': testing('total'),
  'smoke/labels.test.js': testing('label'),
}

const broken = {
  'src/totals.js': importing('total', './totel.js'),
  'src/labels.js': importing('label', './labul.js'),
}

let hosted: HostedShop
let service: ReturnType<typeof startService>

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

test('what only its own CI uncovers is repaired on the same branch, until the pull request is green', async () => {
  const { shop } = hosted
  const red = await shop.maria.checkout.push('main', broken)

  const fix = await hosted.fixOnce('main', ({ draft }) => draft === false)
  const commits = await hosted.commitsOf(fix.number)
  const end = await hosted.concluded(red)

  expect(await hosted.fixesFor('main')).toHaveLength(1)
  expect(commits.map(({ message }) => message.split('\n')[0])).toEqual([
    expect.stringMatching(/^fix: .*totel/),
    expect.stringMatching(/^fix: .*labul/),
  ])
  expect(new Set(commits.map(({ message }) => /^Task-Id: (.*)$/m.exec(message)?.[1])).size).toBe(1)
  expect(fix.body).toContain('### Round 2')
  expect(end).toMatchObject({ conclusion: 'success' })
  expect(await hosted.ours(red)).toHaveLength(1)
})

test('what cannot be reproduced here is left to a human, and said in the pull request and on the check run', async () => {
  const { shop } = hosted
  // Red wherever something answers at that address: in CI, and not in the sandbox.
  const live = `fetch('${shop.github.url}').then(() => process.exit(1), () => process.exit(0))`
  const job = `  live:
    runs-on: ubuntu-latest
    steps:
      - run: node -e "${live}"
`
  const red = await shop.maria.checkout.push(
    'live',
    {
      ...kiosk,
      'src/totals.js': broken['src/totals.js'],
      '.github/workflows/ci.yml': kiosk['.github/workflows/ci.yml'] + job,
    },
    shop.first,
  )

  const end = await hosted.concluded(red)
  const [fix] = await hosted.fixesFor('live')

  expect(fix).toMatchObject({ draft: true, labels: expect.arrayContaining(['needs-human']) })
  expect(fix?.body).toContain('This stays a draft and needs a human.')
  expect(end.conclusion).toBe('neutral')
  expect(end.title).toContain(`#${fix?.number} is proposed and needs a human`)
  expect(end.summary).toContain('live')
  expect(await hosted.commitsOf(fix?.number ?? 0)).toHaveLength(1)
})
