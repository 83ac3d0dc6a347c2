import { expect, test } from 'vitest'

import { showAll } from '../src/app-gate-check.ts'
import { type Gate, gateOf } from '../src/app-gate.ts'
import { weigherOf } from '../src/app-weigh.ts'
import { gatedChange, repository } from './support/gated-change.ts'

const rules = `environments:
  production: {}
`
const commit = { tree: '', subject: '', body: '', author: '', at: '2026-11-29T10:00:00Z' }

/** A repository whose newest change drops a column, and how often it was asked for. */
function reader(fails = false) {
  const asked: string[] = []
  const one = {
    mirror: async (origin: string) => {
      asked.push(origin)
      if (fails) throw new Error('away')
      return { directory: '/m', origin, defaultBranch: 'main' }
    },
    resolve: async () => 'tip',
    mergeBase: async () => 'base',
    landed: async () => [{ ...commit, sha: 'a', parents: ['parent'] }],
    changed: async () => ['migrations/3.sql'],
    read: async (...[, sha]: [unknown, string, string]) =>
      sha === 'base' || sha === 'parent' ? null : 'drop table orders;\n',
  }
  return { one, asked }
}

test('the gate says what the change is and whether it could be taken back, and asks once for each commit', async () => {
  const { parts } = gatedChange(rules)
  const { one, asked } = reader()
  const summaries: string[] = []
  const deploys = {
    ...parts.hosting.deploys,
    show: async (_repository: unknown, { summary }: { summary: string }) =>
      void summaries.push(summary),
  }
  const weigh = weigherOf(one, 'https://github.example')
  const gated = { ...parts, hosting: { ...parts.hosting, deploys }, weigh }
  await showAll(gated, repository, 5)
  await showAll(gated, repository, 5)
  expect(summaries.at(-1)).toMatch(/What it changes: 🛑 .*`migrations\/3.sql`/)
  expect(summaries.at(-1)).toMatch(/Taking it back: 🛑 .*`migrations\/3.sql:1`/)
  expect(asked).toEqual([`https://github.example/${repository.owner}/${repository.name}.git`])
})

test('a repository that cannot be read keeps no gate from being shown', async () => {
  const { parts } = gatedChange(rules)
  const gate: Gate = await gateOf(parts, repository, 5)
  expect(await weigherOf(reader(true).one, 'https://github.example')(gate)).toBeNull()
})
