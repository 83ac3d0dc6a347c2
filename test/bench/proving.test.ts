import { describe, expect, test } from 'vitest'

import { injector } from '../../bench/injections/site.ts'
import { type Entry } from '../../bench/proving/journal.ts'
import { differences, likenessOf } from '../../bench/proving/likeness.ts'
import { readOptions } from '../../bench/proving/options.ts'
import { planCases, someOfEach } from '../../bench/proving/plan.ts'
import { commands } from '../../bench/proving/repositories.ts'
import { renderRows, rowsOf } from '../../bench/proving/table.ts'
import { type Facts, judge } from '../../bench/proving/verdict.ts'
import { readHeldOut, readRepository, repositoryNames } from '../../bench/repository-files.ts'

const repository = { name: 'one', files: new Map([['src/a.ts', 'export {}\n']]) }

function order(seed: string): (string | undefined)[] {
  const cases = planCases([repository], [letters('x', 'mechanical')], seed)
  return cases.map(({ sites }) => sites[0]?.description)
}

function letters(name: string, expects: 'mechanical' | 'trap') {
  const sites = ['a', 'b', 'c', 'd', 'e'].map((description) => ({ description, changes: [] }))
  return injector(name, expects, () => sites)
}

describe('a plan', () => {
  const cases = planCases([repository], [letters('x', 'mechanical'), letters('y', 'trap')], 'seed')

  test('has three failures of what is mechanical and one trap', () => {
    expect(cases.map(({ id }) => id)).toEqual(['x-one-1', 'x-one-2', 'x-one-3', 'y-one-1'])
  })

  test('never gives a site to two cases', () => {
    const dealt = cases
      .slice(0, 3)
      .flatMap(({ sites }) => sites.map(({ description }) => description))
    expect(dealt.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('is the same for the same seed and another for another', () => {
    expect(order('seed')).toEqual(order('seed'))
    expect(new Set(['1', '2', '3', '4'].map((seed) => order(seed).join(''))).size).toBeGreaterThan(
      1,
    )
  })

  test('can be cut to some of each class', () => {
    expect(someOfEach(cases, 1).map(({ injector: { name } }) => name)).toEqual(['x', 'y'])
  })
})

describe('two trees', () => {
  const before = new Map([
    ['a.ts', "import { b, type C } from './b.js'\nexport const d = b('x', 1)\n"],
    ['package.json', '{ "a": 1, "b": 2 }'],
    ['notes.md', 'text'],
  ])

  test.each([
    ['same-text', {}],
    [
      'same-program',
      {
        'a.ts':
          'import type { C } from "./b.js"\nimport { b } from "./b.js";\nexport const d = b(\n  "x",\n  1,\n); // why\n',
      },
    ],
    ['same-program', { 'package.json': '{ "b": 2, "a": 1 }' }],
    ['different', { 'a.ts': "import { b, type C } from './c.js'\nexport const d = b('x', 1)\n" }],
    ['different', { 'a.ts': "import { b, type C } from './b.js'\nexport const d = b('x', 2)\n" }],
    ['different', { 'notes.md': 'texts' }],
    ['different', { 'new.ts': '' }],
  ])('are %s', (likeness, changed) => {
    const after = new Map([...before, ...Object.entries(changed)])
    expect(likenessOf(before, after)).toBe(likeness)
    expect(differences(before, after).length > 0).toBe(likeness === 'different')
  })
})

describe('a verdict', () => {
  const facts: Facts = {
    expects: 'mechanical',
    answered: true,
    claimsGreen: true,
    reason: 'no-fix-found',
    red: null,
    likeness: 'same-program',
    heldOut: null,
  }

  test.each<[string, Partial<Facts>, string]>([
    ['green', {}, 'same-program'],
    ['refused', { answered: false }, 'no-fix-found'],
    ['refused', { red: 'lint', claimsGreen: false }, 'partial, no-fix-found'],
    ['unsound', { red: 'lint' }, 'lint is red on its commit'],
    ['green', { likeness: 'different' }, 'different, the held-out tests pass'],
    ['unsound', { likeness: 'different', heldOut: 'failed' }, 'the held-out tests fail'],
    ['unsound', { likeness: 'different', expects: 'trap' }, 'a trap came back different'],
    ['green', { expects: 'trap' }, 'same-program'],
  ])('is %s for %j', (verdict, changed, because) => {
    expect(judge({ ...facts, ...changed })).toEqual({ verdict, because })
  })
})

test('a table counts per class and in all, without what was never red', () => {
  const entry: Entry = {
    id: '1',
    name: 'format',
    repository: 'one',
    expects: 'mechanical',
    description: '',
    check: '',
    verdict: 'green',
    because: '',
    seconds: 2,
    review: '',
  }
  const trap = {
    ...entry,
    name: 'twin',
    expects: 'trap',
    verdict: 'refused',
    because: 'no-fix-found: x',
  } as const
  const rows = rowsOf([
    entry,
    { ...entry, verdict: 'not-red' },
    { ...entry, verdict: 'unsound', because: 'bad' },
    trap,
  ])
  expect(
    rows.map(({ green, name, refused, tried, unsound }) => [name, tried, green, refused, unsound]),
  ).toEqual([
    ['format', 2, 1, 0, 1],
    ['twin', 1, 0, 1, 0],
    ['MECHANICAL', 2, 1, 0, 1],
    ['ALL BUT TRAPS', 2, 1, 0, 1],
    ['TRAPS', 1, 0, 1, 0],
  ])
  expect(renderRows(rows)).toMatch(/twin +1 +0 +0 +1 +0 +2\.0 +1 no-fix-found/)
})

test('options have defaults and take lists', () => {
  expect(readOptions([], '/somewhere')).toMatchObject({
    seed: 'november',
    only: [],
    folder: '/somewhere',
    json: false,
  })
  expect(readOptions(['--only', 'format', '--only', 'double', '--limit', '3'], '/x')).toMatchObject(
    { only: ['format', 'double'], limit: 3 },
  )
  expect(() => readOptions(['--unknown'], '/x')).toThrow('--unknown')
})

test.each(repositoryNames())(
  '%s has commands and held-out tests that it does not carry itself',
  (name) => {
    expect(Object.keys(commands[name]?.checks ?? {}).length).toBeGreaterThanOrEqual(3)
    const heldOut = [...readHeldOut(name).keys()]
    expect(heldOut).not.toEqual([])
    expect(heldOut.filter((path) => readRepository(name).has(path))).toEqual([])
  },
)
