const receipt = `import { total } from './price.js'

export const receipt = (items) => \`\${total(items)} cents\`
`

/** A repository without dependencies, whose one check takes a moment. */
export const cheapKiosk = {
  'package.json': '{ "name": "kiosk", "private": true, "type": "module" }\n',
  '.github/workflows/ci.yml':
    'name: ci\non: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n      - run: node --test\n',
  'src/price.js': 'export const total = (items) => items.reduce((sum, item) => sum + item, 0)\n',
  'src/receipt.js': receipt,
  'test/receipt.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'

import { receipt } from '../src/receipt.js'

test('a receipt names the total', () => assert.equal(receipt([1, 2]), '3 cents'))
`,
}

/** An import that leads nowhere. */
export const cheaplyBroken = { 'src/receipt.js': receipt.replace('./price.js', './prise.js') }
