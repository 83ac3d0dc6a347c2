import { expect, test } from 'vitest'

import { ordersOf } from '#steps/default-rules.ts'

import { headPlace } from '../support/fix-world.ts'

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
