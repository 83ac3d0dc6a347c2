import { describe, expect, test } from 'vitest'

import { repaired, type Files } from '../../support/code-fix-project.ts'

const json = `export function render(value: string): string {
  return value
}

export const type = 'application/json'
`
const html = json.replace('return value', 'return `<b>${value}</b>`').replace('json', 'html')
const page = `import { type } from './json.js'

export const page = (text: string): string => type + render(text)
`
const user = (from: string): string =>
  `import { render } from './${from}.js'\n\nexport const shown = render('x')\n`

function shop(more: Files): Files {
  return { 'src/json.ts': json, 'src/html.ts': html, ...more }
}

describe('of two modules that export a name', () => {
  test.each([
    ['the file and others take from it', { 'src/main.ts': page, 'src/a.ts': user('json') }, 'safe'],
    ['only the file takes from it', { 'src/main.ts': page }, 'review'],
    [
      'only others take from it',
      {
        'src/main.ts': page.replace(/^import.*\n\n/, '').replace('type + ', ''),
        'src/a.ts': user('json'),
        'src/b.ts': user('json').replace('shown', 'again'),
      },
      'review',
    ],
  ])('the one that is spoken for is taken where %s', (_title, files, risk) => {
    const { repairs, after } = repaired(shop(files))

    expect(repairs.map((one) => [one.strategy, one.risk])).toEqual([['types/import', risk]])
    expect(after['src/main.ts']).toMatch(/import \{ .*render.* \} from '\.\/json\.js'/)
  })

  test.each([
    [
      'the file takes from one and others from the other',
      { 'src/main.ts': page, 'src/a.ts': user('html') },
    ],
    [
      'others take from both',
      {
        'src/main.ts': page,
        'src/a.ts': user('html'),
        'src/b.ts': user('json').replace('shown', 'c'),
      },
    ],
    [
      'the file takes from both',
      {
        'src/main.ts': page.replace(
          '\n\n',
          "\nimport { type as other } from './html.js'\n\nexport { other }\n",
        ),
      },
    ],
  ])('none is taken where %s', (_title, files) => {
    expect(repaired(shop(files)).repairs).toEqual([])
  })
})
