import { describe, expect, test } from 'vitest'

import { repaired } from '../../support/code-fix-project.ts'

const shop = `export interface User {
  readonly name: string
  readonly home: { readonly city: string }
}
declare function load(id: string): Promise<User>
declare function all(): Promise<readonly User[]>
declare function kind(): Promise<'a' | 'b'>
declare function isKnown(id: string): Promise<boolean>
declare function take(user: User): void
`

function running(body: string): string {
  return `${shop}\nexport async function run(ids: string[]) {\n  ${body}\n}\n`
}

describe('a promise that is taken for its value is awaited', () => {
  test.each([
    [
      'taken apart',
      "const { name } = load('a')",
      "const { name } = await load('a')",
      'return name',
    ],
    [
      'taken apart deeper',
      "const { home: { city } } = load('a')",
      "const { home: { city } } = await load('a')",
      'return city',
    ],
    [
      'taken apart as a list',
      'const [first] = all()',
      'const [first] = await all()',
      'return first',
    ],
    [
      'many at once',
      "const [a, b] = Promise.all([load('a'), load('b')])",
      "const [a, b] = await Promise.all([load('a'), load('b')])",
      'return a.name + b.name',
    ],
    [
      'gone through',
      'for (const one of all()) take(one)',
      'for (const one of await all()) take(one)',
      '',
    ],
    ['handed over', "take(load('a'))", "take(await load('a'))", ''],
    [
      'told apart',
      "switch (kind()) { case 'a': return 1; default: return 2 }",
      "switch (await kind()) { case 'a': return 1; default: return 2 }",
      '',
    ],
  ])('%s', (...[, broken, fixed, rest]) => {
    const { after, strategies } = repaired(
      { 'src/main.ts': running(`${broken}\n  ${rest}`) },
      unchecked,
    )

    expect(strategies).toEqual(['types/await'])
    expect(after).toEqual({ 'src/main.ts': running(`${fixed}\n  ${rest}`) })
  })
})

const unchecked = { noUnusedParameters: false }

describe('a callback does not become asynchronous where its promise would be taken for a value', () => {
  test.each([
    ['always true', 'return ids.filter((id) => await isKnown(id))'],
    ['a list of promises', 'return ids.map((id) => load(id).name)'],
    ['waited for by nobody', 'ids.forEach((id) => { take(await load(id)) })'],
  ])('%s', (_title, body) => {
    expect(repaired({ 'src/main.ts': running(body) }).repairs).toEqual([])
  })

  test('but does in a list of promises that is waited for', () => {
    const body = 'return Promise.all(ids.map((id) => { take(await load(id)) }))'

    const { after } = repaired({ 'src/main.ts': running(body) })

    expect(after).toEqual({ 'src/main.ts': running(body.replace('(id) =>', 'async (id) =>')) })
  })
})
