import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { freePort, startService } from '../support/service.ts'

// The same story against github.com itself, for whoever has a test repository there: docs/github-com.md.
const asked = {
  repository: process.env['GOALKEEPER_GITHUB_REPOSITORY'] ?? '',
  token: process.env['GOALKEEPER_GITHUB_TOKEN'] ?? '',
  appId: process.env['GOALKEEPER_GITHUB_APP_ID'] ?? '',
  privateKey: process.env['GOALKEEPER_GITHUB_PRIVATE_KEY'] ?? '',
  webhookSecret: process.env['GOALKEEPER_GITHUB_WEBHOOK_SECRET'] ?? '',
}
const port = Number(process.env['GOALKEEPER_GITHUB_PORT'] ?? 0)
const apiUrl = process.env['GOALKEEPER_GITHUB_API_URL'] ?? 'https://api.github.com'
const [owner = '', repo = ''] = asked.repository.split('/')
const at = { owner, repo }
const octokit = new Octokit({ auth: asked.token, baseUrl: apiUrl })

const red = `goalkeeper-story-${Date.now().toString(36)}`
const receipt =
  "import { total } from './prise.js'\n\nexport const receipt = (items) => `${total(items)} cents`\n"
const files = {
  'package.json': '{ "name": "kiosk", "private": true, "type": "module" }\n',
  '.github/workflows/ci.yml':
    'name: ci\non: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n      - uses: actions/setup-node@v6\n        with: { node-version: 24 }\n      - run: node --test\n',
  'src/price.js': 'export const total = (items) => items.reduce((sum, item) => sum + item, 0)\n',
  'src/receipt.js': receipt,
  'test/receipt.test.js':
    "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\n\nimport { receipt } from '../src/receipt.js'\n\ntest('a receipt names the total', () => assert.equal(receipt([1, 2]), '3 cents'))\n",
}

describe.skipIf(Object.values(asked).includes(''))('on GitHub itself', () => {
  let home: string
  let service: ReturnType<typeof startService>

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'goalkeeper-github-com-'))
    chmodSync(home, 0o711)
    const { appId, privateKey, webhookSecret: WEBHOOK_SECRET } = asked
    const of = { home, appId: Number(appId), privateKey, apiUrl, env: { WEBHOOK_SECRET } }
    service = startService({ ...of, port: port === 0 ? await freePort() : port })
    await service.until('ready')
  })

  afterAll(async () => {
    service.process.kill('SIGTERM')
    await service.process
    rmSync(home, { recursive: true, force: true })
    await tidy()
  })

  test(
    'a red pull request gets a fix whose own checks are green',
    async () => {
      await pushRed()
      const of = { ...at, head: red, base: await defaultBranch(), title: 'A story of Goalkeeper' }
      const { data: opened } = await octokit.rest.pulls.create({ ...of, draft: true })

      const fix = await readyFix()
      const { data: checks } = await octokit.rest.checks.listForRef({ ...at, ref: fix.head.sha })
      const place = { ...at, issue_number: opened.number }
      const { data: comments } = await octokit.rest.issues.listComments(place)

      expect(fix.head.ref).toMatch(/^auto-fix\//)
      expect(checks.check_runs.map(({ conclusion }) => conclusion)).toContain('success')
      expect(comments.filter(({ body }) => body?.includes(`#${fix.number}`))).toHaveLength(1)
    },
    45 * 60_000,
  )
})

async function defaultBranch(): Promise<string> {
  return (await octokit.rest.repos.get(at)).data.default_branch
}

/** One commit on top of the default branch: its files and no others. */
async function pushRed(): Promise<void> {
  const { data: base } = await octokit.rest.repos.getBranch({
    ...at,
    branch: await defaultBranch(),
  })
  const tree = Object.entries(files).map(([path, content]) => {
    return { path, content, mode: '100644', type: 'blob' } as const
  })
  const { data: made } = await octokit.rest.git.createTree({ ...at, tree })
  const parents = [base.commit.sha]
  const of = { ...at, message: 'sell tea', tree: made.sha, parents }
  const { data: commit } = await octokit.rest.git.createCommit(of)
  await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${red}`, sha: commit.sha })
}

async function proposals() {
  return (await octokit.rest.pulls.list({ ...at, state: 'open', base: red })).data
}

/** Half an hour: without webhooks a red check is found by a sweep every five minutes. */
async function readyFix() {
  for (let tries = 0; tries < 180; tries += 1) {
    const ready = (await proposals()).find(({ draft }) => draft === false)
    if (ready !== undefined) return ready
    await sleep(10_000)
  }
  throw new Error('no fix was ready within half an hour')
}

/** Nothing of the story stays open; what GitHub keeps of it is closed. */
async function tidy(): Promise<void> {
  const open = (await octokit.rest.pulls.list({ ...at, state: 'open' })).data
  for (const { number, head, base } of open.filter((one) =>
    [one.head.ref, one.base.ref].includes(red),
  )) {
    await octokit.rest.pulls.update({ ...at, pull_number: number, state: 'closed' })
    if (base.ref === red) await octokit.rest.git.deleteRef({ ...at, ref: `heads/${head.ref}` })
  }
  await octokit.rest.git.deleteRef({ ...at, ref: `heads/${red}` })
}
