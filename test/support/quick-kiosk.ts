import type { GitRepository } from './git-repository.ts'

type Files = Readonly<Record<string, string>>

const says = (name: string, from: string) =>
  `import { total } from '${from}'\n\nexport const ${name} = (items) => \`${name}: \${total(items)}\`\n`

const testing = (name: string) => `import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ${name} } from '../src/${name}.mjs'

test('a ${name} names the total', () => assert.equal(${name}([1, 2]), '${name}: 3'))
`

/** Two checks that take a moment each, and nothing to install: for stories that are about something else than checks. */
const kiosk = {
  '.github/goalkeeper.yml': `checks:
  receipts: { run: node --test test/receipt.test.mjs }
  labels: { run: node --test test/label.test.mjs }
`,
  'src/price.mjs': 'export const total = (items) => items.reduce((sum, item) => sum + item, 0)\n',
  'src/receipt.mjs': says('receipt', './price.mjs'),
  'src/label.mjs': says('label', './price.mjs'),
  'test/receipt.test.mjs': testing('receipt'),
  'test/label.test.mjs': testing('label'),
} as const satisfies Files

/** Two imports that lead nowhere, each of which turns one check red. */
export const twiceBroken: Files = {
  'src/receipt.mjs': says('receipt', './prise.mjs'),
  'src/label.mjs': says('label', './pryce.mjs'),
}

/** An import that leads nowhere, and a sum that is none. */
export const onceBroken: Files = { 'src/label.mjs': says('label', './pryce.mjs') }
export const wrongTotal: Files = {
  'src/price.mjs': kiosk['src/price.mjs'].replace('sum + item', 'sum - item'),
}

/** Twelve coins: that two runs agree on all of them does not happen. */
export const coins: Files = {
  'test/receipt.test.mjs': `${testing('receipt')}
for (let coin = 1; coin <= 12; coin += 1)
  test(\`coin \${coin} falls on its head\`, () => assert.ok(Math.random() < 0.5))
`,
}

/** What the repairs of both are called. */
export const twoRepairs = [/^fix: .*prise/, /^fix: .*pryce/]

/** The kiosk with some files changed, committed on top of what is there. */
export function commitQuickKiosk(
  repository: GitRepository,
  changes: Files,
  message: string,
): string {
  for (const [path, content] of Object.entries({ ...kiosk, ...changes }))
    repository.write(path, content)
  return repository.commit(message)
}
