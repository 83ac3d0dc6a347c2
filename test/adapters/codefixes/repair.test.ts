import { describe, expect, test } from 'vitest'

import { repaired, type Files } from '../../support/code-fix-project.ts'

const shop: Files = {
  'src/format.ts': `export interface User {
  readonly name: string
  readonly kind: 'guest' | 'member'
}

export function formatUser(user: User): string {
  return user.name.toUpperCase()
}

export async function loadUser(name: string): Promise<User> {
  return { name, kind: 'guest' }
}

export class Shape {
  describeSelf(): string {
    return 'shape'
  }
}
`,
}

const main = `import { formatUser, loadUser, Shape } from './format.js'
import type { User } from './format.js'

export class Circle extends Shape {
  override describeSelf(): string {
    return 'circle'
  }
}

export async function greet(name: string): Promise<string> {
  const user: User = await loadUser(name)
  const member = user.kind === 'member'
  return member ? formatUser(user) : user.name
}
`

interface Break {
  readonly from: string
  readonly to: string
  readonly strategy: string
}

const breaks: Readonly<Record<string, Break>> = {
  'a missing import': {
    from: 'formatUser, loadUser',
    to: 'loadUser',
    strategy: 'types/import',
  },
  'a missing type import': {
    from: "import type { User } from './format.js'\n",
    to: '',
    strategy: 'types/import',
  },
  'a path with swapped letters': {
    from: "Shape } from './format.js'",
    to: "Shape } from './fromat.js'",
    strategy: 'types/path',
  },
  'a path in the wrong case': {
    from: "Shape } from './format.js'",
    to: "Shape } from './Format.js'",
    strategy: 'types/path',
  },
  'a path without its ending': {
    from: "Shape } from './format.js'",
    to: "Shape } from './format'",
    strategy: 'types/path',
  },
  'a path into a folder that is not there': {
    from: "Shape } from './format.js'",
    to: "Shape } from './lib/format.js'",
    strategy: 'types/path',
  },
  'a misspelt imported name': {
    from: 'formatUser, loadUser',
    to: 'formtaUser as formatUser, loadUser',
    strategy: 'types/spelling',
  },
  'a misspelt identifier': {
    from: 'formatUser(user)',
    to: 'formatUsre(user)',
    strategy: 'types/spelling',
  },
  'a misspelt property': { from: ': user.name', to: ': user.nmae', strategy: 'types/spelling' },
  'a misspelt type': { from: 'user: User', to: 'user: Uesr', strategy: 'types/spelling' },
  'a misspelt literal of a union': {
    from: "'member'",
    to: "'membre'",
    strategy: 'types/spelling',
  },
  'a misspelt override': {
    from: 'override describeSelf',
    to: 'override descirbeSelf',
    strategy: 'types/spelling',
  },
  'a missing override': {
    from: 'override describeSelf',
    to: 'describeSelf',
    strategy: 'types/override',
  },
  'a missing await': { from: 'await loadUser', to: 'loadUser', strategy: 'types/await' },
  'a missing async': {
    from: 'async function greet',
    to: 'function greet',
    strategy: 'types/async',
  },
  'a type imported as a value': {
    from: 'import type { User }',
    to: 'import { User }',
    strategy: 'types/type-only',
  },
  'a stale expectation': {
    from: '  return member ?',
    to: '  // @ts-expect-error it was wrong once\n  return member ?',
    strategy: 'types/stale-expect-error',
  },
  'an unused variable': {
    from: '  return member ?',
    to: '  const leftover = 42\n  return member ?',
    strategy: 'types/unused',
  },
}

describe('what the compiler can name is repaired to what it was', () => {
  test.each(Object.entries(breaks))('%s', (_title, { from, to, strategy }) => {
    const broken = main.replace(from, to)
    expect(broken).not.toBe(main)

    const { after, strategies, left } = repaired({ ...shop, 'src/main.ts': broken })

    expect(left).toEqual([])
    expect([...new Set(strategies)]).toEqual([strategy])
    expect(normal(after['src/main.ts'])).toBe(normal(main))
  })
})

/** Where a name goes in an import, and whether it came back under its own name, is a matter of taste. */
function normal(text: string | undefined): string {
  return (text ?? '')
    .replace('formatUser as formatUser', 'formatUser')
    .split('\n')
    .filter((line) => line !== '')
    .toSorted()
    .join('\n')
}

test('a repair uncovers the next mistake and takes it along', () => {
  const broken = main
    .replace("Shape } from './format.js'", "Shape } from './fromat.js'")
    .replace('= await loadUser', '= loadUser')
    .replace('user.name', 'user.nmae')

  const { after, left } = repaired({ ...shop, 'src/main.ts': broken })

  expect(left).toEqual([])
  expect(normal(after['src/main.ts'])).toBe(normal(main))
})

test('a forgotten export is put back, and a human is asked to look', () => {
  const files = {
    'src/format.ts': (shop['src/format.ts'] ?? '').replace('export class Shape', 'class Shape'),
    'src/main.ts': main,
  }

  const { repairs, after } = repaired(files, { noUnusedLocals: false })

  expect(repairs.map(({ strategy, risk }) => [strategy, risk])).toEqual([
    ['types/export', 'review'],
  ])
  expect(after['src/format.ts']).toBe(shop['src/format.ts'])
})

test('a misspelt declaration is corrected where it stands, not where it is used', () => {
  const files = {
    'src/format.ts': (shop['src/format.ts'] ?? '').replace('formatUser', 'fromatUser'),
    'src/main.ts': main,
    'src/other.ts': "import { formatUser } from './format.js'\n\nexport const show = formatUser\n",
  }

  const { strategies, after } = repaired(files)

  expect(strategies).toEqual(['types/spelling-declaration'])
  expect(after).toEqual({ 'src/format.ts': shop['src/format.ts'] })
})
