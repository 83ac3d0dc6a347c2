import { join } from 'node:path'

import { expect, test } from 'vitest'

import { workLine } from '#messages/work-kind.ts'
import { riskOf } from '#policy/risk.ts'
import { workKindOf } from '#policy/work-kind.ts'

const file = (path: string, before: string | null, after: string | null) => ({
  path,
  before,
  after,
})
const changes = [
  [file('README.md', 'a', 'b')],
  [file('src/shop.css', 'a{}', 'b{}')],
  [file('src/shop.ts', 'a( )', 'a()')],
  [file('src/shop.ts', 'a()', "log.info('a')\na()")],
  [file('src/shop.ts', 'a()', 'try {\n a()\n} catch (error) {\n report(error)\n}')],
  [file('src/shop.ts', 'a()', 'b()')],
  [file('package.json', '{}', '{"a": 1}')],
  [file('src/auth/token.ts', 'a()', 'b()')],
  [file('migrations/3.sql', null, 'alter table a add b int'), file('.env', '', 'A=1')],
  [file('src/billing/a`b.ts', 'a()', 'b()'), file('bin/server.exe', 'a', 'b')],
  Array.from({ length: 7 }, (_, at) => file(`src/cors/${at}.ts`, 'a()', 'b()')),
]

test('whoever decides about a deploy is told what a change is, word for word (S2-36, S2-37, S2-38)', async () => {
  const lines = changes.map((change) => {
    const work = workKindOf(change, { repairs: false })
    return `${change.map(({ path }) => path).join(', ')}\n  ${workLine({ work, risk: riskOf(change) })}`
  })
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, 'golden', 'work-kinds.txt'),
  )
})

test('nothing is said of what older entries do not say', () => {
  expect(workLine({ work: null, risk: null })).toBeNull()
})
