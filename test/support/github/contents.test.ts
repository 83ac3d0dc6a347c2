import { afterEach, beforeEach, expect, test } from 'vitest'

import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop({ files: { 'README.md': '# Kiosk\n', 'src/a.ts': 'a\n' } })
})

afterEach(async () => {
  await shop.close()
})

const text = (content: string): string => Buffer.from(content).toString('base64')

test('a file and a folder are read as they are at a commit', async () => {
  await shop.maria.checkout.push('main', { 'src/a.ts': 'b\n' })
  const { repos } = shop.octokit.rest
  const file = await repos.getContent({ ...shop.at, path: 'src/a.ts', ref: shop.first })
  const folder = await repos.getContent({ ...shop.at, path: 'src' })
  const nothing = repos.getContent({ ...shop.at, path: 'src/b.ts' })

  expect(file.data).toMatchObject({ type: 'file', size: 2, content: text('a\n') })
  expect(folder.data).toMatchObject([{ type: 'file', path: 'src/a.ts', name: 'a.ts' }])
  await expect(nothing).rejects.toMatchObject({ status: 404 })
})

test('a file is changed only by who knows what it is', async () => {
  const { repos } = shop.octokit.rest
  const asked = { ...shop.at, path: 'src/a.ts', message: 'change', content: text('c\n') }
  const blind = repos.createOrUpdateFileContents({ ...asked, sha: 'a'.repeat(40) })
  await expect(blind).rejects.toMatchObject({ status: 409 })
  const { data } = await repos.getContent({ ...shop.at, path: 'src/a.ts' })
  const sha = Array.isArray(data) ? '' : data.sha
  const { data: made } = await repos.createOrUpdateFileContents({ ...asked, sha })

  expect(made.commit).toMatchObject({ author: { name: 'keeper[bot]' }, message: 'change' })
  await shop.maria.checkout.git('fetch', '-q', 'origin')
  expect(await shop.maria.checkout.git('show', 'origin/main:src/a.ts')).toBe('c\n')
})

test('a branch made of blobs, trees and commits is what git sees', async () => {
  const { git } = shop.octokit.rest
  const entries = [
    { path: 'src/a.ts', sha: null },
    { path: 'run.sh', mode: '100755', type: 'blob', content: '#!/bin/sh\n' },
  ] as const
  const { data: tree } = await git.createTree({
    ...shop.at,
    base_tree: shop.first,
    tree: [...entries],
  })
  const message = 'feat: run\n\nWith a body.\n'
  const of = { message, tree: tree.sha, parents: [shop.first] }
  const { data: commit } = await git.createCommit({ ...shop.at, ...of })
  await git.createRef({ ...shop.at, ref: 'refs/heads/topic', sha: commit.sha })
  const { checkout } = shop.maria
  await checkout.git('fetch', '-q', 'origin')
  const log = await checkout.git('log', '-1', '--format=%B%an %P', 'origin/topic')

  expect(
    await checkout.git('ls-tree', '-r', '--format=%(objectmode) %(path)', 'origin/topic'),
  ).toBe('100644 README.md\n100755 run.sh\n')
  expect(log).toBe(`${message}keeper[bot] ${shop.first}\n`)
})

test.for([
  ['is there already', 'refs/heads/main', 'Reference already exists'],
  ['has no proper name', 'main', 'not valid'],
] as const)('a ref that %s is not created', async ([, ref, word]) => {
  await expect(
    shop.octokit.rest.git.createRef({ ...shop.at, ref, sha: shop.first }),
  ).rejects.toMatchObject({ status: 422, message: expect.stringContaining(word) })
})

test('a ref is moved backwards only by force', async () => {
  await shop.maria.checkout.push('main', { 'b.txt': 'b\n' })
  const back = { ...shop.at, ref: 'heads/main', sha: shop.first }
  const { git } = shop.octokit.rest

  await expect(git.updateRef(back)).rejects.toMatchObject({ status: 422 })
  expect((await git.updateRef({ ...back, force: true })).data.object.sha).toBe(shop.first)
})

test('a protected branch says so and is not moved by an app', async () => {
  shop.repository.protectedBranches.add('main')
  const { data } = await shop.octokit.rest.repos.getBranch({ ...shop.at, branch: 'main' })
  const asked = { ...shop.at, path: 'b.txt', message: 'b', content: text('b\n') }

  expect(data.protected).toBe(true)
  await expect(shop.octokit.rest.repos.createOrUpdateFileContents(asked)).rejects.toMatchObject({
    status: 409,
  })
})

test('two branches are compared from where they parted', async () => {
  await shop.maria.checkout.push('topic', { 'src/b.ts': 'b\n' }, shop.first)
  await shop.maria.checkout.push('main', { 'c.txt': 'c\n' }, shop.first)
  const asked = { ...shop.at, basehead: 'main...topic' }
  const { data } = await shop.octokit.rest.repos.compareCommitsWithBasehead(asked)

  expect(data).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1, total_commits: 1 })
  expect(data.merge_base_commit.sha).toBe(shop.first)
  expect(data.files?.map(({ filename }) => filename)).toEqual(['src/b.ts'])
})

test('the latest status of each context makes up the combined one', async () => {
  const { repos } = shop.octokit.rest
  const state = async () =>
    (await repos.getCombinedStatusForRef({ ...shop.at, ref: 'main' })).data.state
  const seen = [await state()]
  for (const [context, of] of [
    ['a', 'success'],
    ['b', 'failure'],
    ['b', 'success'],
  ] as const) {
    await repos.createCommitStatus({ ...shop.at, sha: shop.first, context, state: of })
    seen.push(await state())
  }

  expect(seen).toEqual(['pending', 'success', 'failure', 'success'])
})

test('a renamed file keeps where it came from', async () => {
  const long = 'a line that is long enough\n'.repeat(20)
  const before = await shop.maria.checkout.push('main', { 'old name.txt': long })
  await shop.maria.checkout.git('mv', 'old name.txt', 'new\u00E4.txt')
  await shop.maria.checkout.git('commit', '-q', '-m', 'rename')
  await shop.maria.checkout.git('push', '-q', 'origin', 'HEAD:main')
  const asked = { ...shop.at, basehead: `${before}...main` }
  const { data } = await shop.octokit.rest.repos.compareCommitsWithBasehead(asked)

  expect(data.files).toMatchObject([
    { status: 'renamed', filename: 'new\u00E4.txt', previous_filename: 'old name.txt' },
  ])
})
