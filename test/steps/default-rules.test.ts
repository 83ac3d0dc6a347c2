import { expect, test } from 'vitest'

import { ordersOf, recipesOf } from '#steps/default-rules.ts'

import { headPlace } from '../support/fix-world.ts'

test('recipes are those of the default branch, small ones, and not without end', async () => {
  const folder = '.github/goalkeeper/recipes'
  const long = 'x'.repeat(20_001)
  const texts: Record<string, string> = { 'a.yml': 'id: a', 'b.yaml': 'id: b', 'long.yml': long }
  const asked: string[] = []
  const repositories = {
    resolve: async () => 'd'.repeat(40),
    list: async () => [...Object.keys(texts), 'README.md'].map((name) => `${folder}/${name}`),
    read: async (_mirror: unknown, sha: string, path: string) => {
      asked.push(sha)
      return texts[path.slice(folder.length + 1)] ?? null
    },
  }
  expect(await recipesOf({ repositories }, headPlace)).toEqual([
    { name: 'a', rule: 'id: a' },
    { name: 'b', rule: 'id: b' },
  ])
  expect(new Set(asked)).toEqual(new Set(['d'.repeat(40)]))
  const nowhere = { ...repositories, resolve: async () => null }
  expect(await recipesOf({ repositories: nowhere }, headPlace)).toEqual([])
})

test('what tells agents what to do is what the default branch says, whatever the change under repair has', async () => {
  const texts: Record<string, string> = { 'AGENTS.md': 'Of the base.', 'CLAUDE.md': 'Too.' }
  const repositories = {
    resolve: async () => 'd'.repeat(40),
    read: async (_mirror: unknown, _sha: string, path: string) => texts[path] ?? null,
  }
  const workspace = { files: () => ['src/a.ts', 'AGENTS.md', 'docs/AGENTS.md'] }
  expect(await ordersOf({ repositories }, headPlace, workspace)).toEqual([
    { path: 'AGENTS.md', content: 'Of the base.' },
    { path: 'docs/AGENTS.md', content: null },
    { path: 'CLAUDE.md', content: 'Too.' },
  ])
  const nowhere = { ...repositories, resolve: async () => null }
  expect(await ordersOf({ repositories: nowhere }, headPlace, workspace)).toEqual([
    { path: 'AGENTS.md', content: null },
    { path: 'docs/AGENTS.md', content: null },
  ])
})
