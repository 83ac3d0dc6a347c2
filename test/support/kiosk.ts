import type { GitRepository } from './git-repository.ts'

type Files = Readonly<Record<string, string>>

/** A small shop counter: TypeScript, prettier, node's own test runner. Green as it stands. */
const kiosk = {
  'package.json': `${JSON.stringify(
    {
      name: 'kiosk',
      private: true,
      type: 'module',
      scripts: {
        format: 'prettier --check src test',
        types: 'tsc',
        test: 'node --test',
      },
      devDependencies: { '@types/node': '24.19.2', prettier: '3.10.1', typescript: '7.0.2' },
    },
    null,
    2,
  )}\n`,
  'tsconfig.json': `${JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'es2024',
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      types: ['node'],
      skipLibCheck: true,
    },
    include: ['src', 'test'],
  })}\n`,
  '.prettierrc': '{ "semi": false, "singleQuote": true }\n',
  'src/price.ts': `export interface Item {
  readonly name: string
  readonly cents: number
}

export function total(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.cents, 0)
}
`,
  'src/receipt.ts': `import { type Item, total } from './price.ts'

export function receipt(items: readonly Item[]): string {
  return items.map((item) => item.name).join(', ') + ': ' + total(items)
}
`,
  'test/receipt.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'

import { receipt } from '../src/receipt.ts'

test('a receipt names the items and the total', () => {
  assert.equal(receipt([{ name: 'tea', cents: 250 }]), 'tea: 250')
})
`,
} as const satisfies Files

const { 'src/price.ts': price, 'src/receipt.ts': receipt } = kiosk

/** Ways to break it. */
export const broken = {
  format: { 'src/price.ts': price.replace('return items', 'return    items') },
  import: { 'src/receipt.ts': receipt.replace('type Item, total', 'type Item') },
  logic: { 'src/price.ts': price.replace('sum + item', 'sum - item') },
} satisfies Record<string, Files>

/** The kiosk with some files changed, committed on top of what is there. */
export function commitKiosk(repository: GitRepository, changes: Files, message: string): string {
  for (const [path, content] of Object.entries({ ...kiosk, ...changes }))
    repository.write(path, content)
  return repository.commit(message)
}
