import { expect, test } from 'vitest'

import { repaired } from '../../support/code-fix-project.ts'

const price = 'export const price = (cents: number): string => `${cents}`\n'
const sources = { allowImportingTsExtensions: true, noEmit: true }

test.each([
  [
    'as those far off are named',
    sources,
    "import { price } from '../src/price.ts'\n",
    './price.ts',
  ],
  [
    'as those far off are named',
    sources,
    "import { price } from '../src/price.js'\n",
    './price.js',
  ],
  ['by its source where that is allowed and nobody tells', sources, '', './price.ts'],
  ['by its output where nothing else is allowed', {}, '', './price.js'],
])('a neighbour is imported %s', (...[, compilerOptions, use, specifier]) => {
  const { after } = repaired(
    {
      'src/price.ts': price,
      'src/tea.ts': 'export const tea = price(250)\n',
      'test/price.ts': `${use}export const free = ${use === '' ? "''" : 'price(0)'}\n`,
    },
    compilerOptions,
  )
  expect(after['src/tea.ts']).toContain(`from '${specifier}'`)
})

test.each([
  ['./indx.js', './index.js', {}],
  ['./idnex.ts', './index.ts', sources],
  ['./shop/indx.js', './shop/index.js', {}],
])('an index that is misspelt by its own name is found: %s', (wrong, right, compilerOptions) => {
  const { after } = repaired(
    {
      'src/index.ts': price,
      'src/shop/index.ts': price,
      'src/tea.ts': `import { price } from '${wrong}'\nexport const tea = price(250)\n`,
    },
    compilerOptions,
  )
  expect(after['src/tea.ts']).toContain(`from '${right}'`)
})

const bundler = { module: 'esnext', moduleResolution: 'bundler', noEmit: true }
const aliased = { ...bundler, paths: { '@/*': ['./src/*'] } }

test.each([
  ['../core/indx', '../core/index', bundler],
  ['../cre', '../core', bundler],
  ['../cre/index.js', '../core/index.js', {}],
  ['../cre/parser.js', '../core/parser.js', {}],
  ['../core/deeep/parser', '../core/deep/parser', bundler],
  ['@/cre/parser', '@/core/parser', aliased],
  ['@/core/parsr', '@/core/parser', aliased],
])('one slip in a path is found wherever it is: %s', (wrong, right, compilerOptions) => {
  const { after } = repaired(
    {
      'src/core/index.ts': price,
      'src/core/parser.ts': price,
      'src/core/deep/parser.ts': price,
      'src/shop/parser.ts': price,
      'src/shop/tea.ts': `import { price } from '${wrong}'\nexport const tea = price(250)\n`,
    },
    compilerOptions,
  )
  expect(after['src/shop/tea.ts']).toContain(`from '${right}'`)
})

const modules = { 'node_modules/tea/package.json': '{"name":"tea","version":"1.0.0"}' }
const open = {
  ...modules,
  'node_modules/tea/kinds/green.d.ts': price,
  'node_modules/tea/kinds/green.js': price,
}
const closed = {
  'node_modules/tea/package.json': '{"name":"tea","exports":{"./green":"./lib/a.js"}}',
  'node_modules/tea/lib/a.d.ts': price,
  'node_modules/tea/lib/grean.d.ts': price,
}

test.each([
  ['tea/kinds/gren.js', 'tea/kinds/green.js', open, {}],
  ['tea/kinds/gren', 'tea/kinds/green', open, bundler],
  ['tea/grean', 'tea/green', closed, {}],
  ['node:pth', 'node:path', { 'src/node.d.ts': `declare module 'node:path' { ${price} }` }, {}],
])(
  'what lies in a package is found by a slip of its name: %s',
  (...[wrong, right, files, options]) => {
    const { after } = repaired(
      {
        ...files,
        'src/cup.ts': `import { price } from '${wrong}'\nexport const cup = price(250)\n`,
      },
      options,
    )
    expect(after['src/cup.ts']).toContain(`from '${right}'`)
  },
)
