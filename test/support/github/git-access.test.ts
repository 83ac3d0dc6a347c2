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
