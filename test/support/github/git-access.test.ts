import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop()
})

afterEach(async () => {
  await shop.close()
})

interface Narrowing {
  readonly repositories?: string[]
  readonly permissions?: { readonly contents?: 'read' | 'write' }
}

async function tokenFor(of: Narrowing): Promise<string> {
  const asked = { installation_id: shop.installation.id, ...of }
  const { data } = await shop.asApp.rest.apps.createInstallationAccessToken(asked)
  return data.token
}

/** Runs git in a checkout of maria's, with a token of its own; answers `done` or with what git said. */
async function git(token: string, ...args: readonly string[]): Promise<string> {
  const remote = `${shop.github.url.replace('//', `//x-access-token:${token}@`)}/acme/kiosk.git`
  const { checkout } = shop.maria
  return await checkout.git(...args.map((one) => one.replace('REMOTE', remote))).then(
    () => 'done',
    (error: unknown) => String(error),
  )
}

test('fetches with a token that may read contents', async () => {
  const token = await tokenFor({ permissions: { contents: 'read' } })

  expect(await git(token, 'fetch', 'REMOTE', 'main')).toBe('done')
})

test('pushes with a token that may write contents, and says at once where the branch is', async () => {
  const token = await tokenFor({ permissions: { contents: 'write' } })

  expect(await git(token, 'push', 'REMOTE', 'HEAD:topic')).toBe('done')
  const { data } = await shop.octokit.rest.repos.getBranch({ ...shop.at, branch: 'topic' })
  expect(data.commit.sha).toBe(shop.first)
})

test('refuses a push with a token that may only read', async () => {
  const token = await tokenFor({ permissions: { contents: 'read' } })

  expect(await git(token, 'push', 'REMOTE', 'HEAD:topic')).toContain('403')
})

test('refuses a token that was narrowed to something else', async () => {
  await shop.github.repository({ owner: shop.acme, name: 'vault', private: true })
  const token = await tokenFor({ repositories: ['vault'] })

  expect(await git(token, 'fetch', 'REMOTE', 'main')).toContain('not found')
})

test('refuses a made-up token', async () => {
  expect(await git('ghs_madeup', 'fetch', 'REMOTE', 'main')).toContain('Authentication failed')
})

test('refuses workflow files from an app that may not write them', async () => {
  const token = await tokenFor({ permissions: { contents: 'write' } })
  await shop.maria.checkout.push('other', { '.github/workflows/a.yml': 'on: push\n' })
  await shop.octokit.rest.git.deleteRef({ ...shop.at, ref: 'heads/other' })

  expect(await git(token, 'push', 'REMOTE', 'HEAD:topic')).toContain('`workflows` permission')
})

test('refuses an app at a protected branch', async () => {
  shop.repository.protectedBranches.add('main')
  const token = await tokenFor({ permissions: { contents: 'write' } })
  await shop.maria.checkout.git('commit', '--allow-empty', '--message', 'more')

  expect(await git(token, 'push', 'REMOTE', 'HEAD:main')).toContain('GH006')
})

test('takes in a push that is too large for one piece', async () => {
  const token = await tokenFor({ permissions: { contents: 'write' } })
  const { checkout } = shop.maria
  writeFileSync(join(checkout.directory, 'large'), randomBytes(3_000_000))
  await checkout.git('add', 'large')
  await checkout.git('commit', '--quiet', '--message', 'large')

  expect(await git(token, 'push', 'REMOTE', 'HEAD:topic')).toBe('done')
})

test('goes on when a client is gone in the middle of a push', async () => {
  const { port } = new URL(shop.github.url)
  const token = Buffer.from(`x:${await tokenFor({})}`).toString('base64')
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    [
      'POST /acme/kiosk.git/git-receive-pack HTTP/1.1',
      'Host: localhost',
      `Authorization: Basic ${token}`,
      'Content-Type: application/x-git-receive-pack-request',
      'Content-Length: 1000',
      '',
      '00',
    ].join('\r\n'),
  )
  await new Promise((resolve) => {
    setTimeout(resolve, 300)
  })
  socket.destroy()
  const issue = await shop.octokit.rest.issues.create({ ...shop.at, title: 'still there' })

  expect(issue.status).toBe(201)
})
