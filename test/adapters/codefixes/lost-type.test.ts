import { expect, test } from 'vitest'

import { repaired } from '../../support/code-fix-project.ts'

const text = `interface Page {
  readonly title: string
}

type Change = (page: Page) => Page

type Check = (page: Page, strict: boolean, depth: number) => boolean

export function retitle(title: string): Change {
  return (page) => ({ ...page, title: page.title + title })
}

export const all = (changes: readonly Change[]): Change => (page) =>
  changes.reduce((one, change) => change(one), page)

export const check: Check = () => true

interface Named {
  readonly name: string
  apply(page: Page): Page
}

export function shout(name: string): Named {
  return { name, apply: (page) => ({ title: page.title + name }) }
}
`

test.each([
  ['a function', '(title: string): Change {', '(title: string) {'],
  ['an object of functions', '(name: string): Named {', '(name: string) {'],
  ['an arrow', '(changes: readonly Change[]): Change =>', '(changes: readonly Change[]) =>'],
])('what %s returned is said again where only one type tells it', (_title, right, wrong) => {
  const { after, repairs } = repaired({ 'src/main.ts': text.replace(right, wrong) })

  expect(after).toEqual({ 'src/main.ts': text })
  expect(repairs.map(({ risk }) => risk)).toEqual(['review'])
})

test.each([
  [
    'two types tell it',
    text
      .replace(
        'type Check = (page: Page, strict: boolean, depth: number) => boolean',
        'type Check = (page: Page) => { readonly title: string }',
      )
      .replace('() => true', '(page) => page'),
  ],
  [
    'none does',
    text.replaceAll(
      '(page) => ({ ...page, title: page.title + title })',
      '(page: Page, other) => page.title + other',
    ),
  ],
])('nothing is said where %s', (_title, files) => {
  const broken = files.replace('(title: string): Change {', '(title: string) {')

  expect(repaired({ 'src/main.ts': broken }).strategies).not.toContain('types/annotation')
})

test('a return type that has to be spelled out is spelled out as it is inferred', () => {
  const speed = 'export const double = (n: number) => {\n  return n * 2\n}\n'

  const { after, strategies } = repaired(
    { 'src/speed.ts': speed },
    { isolatedDeclarations: true, declaration: true },
  )

  expect(strategies).toEqual(['types/annotation'])
  expect(after['src/speed.ts']).toContain('(n: number): number =>')
})
