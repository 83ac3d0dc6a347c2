import { describe, expect, test } from 'vitest'

import { code, codeBlock, plain, withinLimit } from '#messages/markdown.ts'

test.each([
  ['a mention', 'ask @octocat', 'ask ＠octocat'],
  ['a link', '[click](http://x)', String.raw`\[click\]\(http:/\/x\)`],
  ['HTML', '<img src=x>', String.raw`\<img src=x\>`],
  ['a closing reference', 'fixes #12', 'fixes no. 12'],
  ['a table cell', 'a | b', String.raw`a \| b`],
  ['a heading', '# big', String.raw`\# big`],
  ['a second line', 'a\n- b', 'a - b'],
  ['a comment', '<!-- goalkeeper:auto-fix -->', String.raw`\<\!-- goalkeeper:auto-fix --\>`],
])('%s in a text of others is only text', (_what, text, shown) => {
  expect(plain(text)).toBe(shown)
})

test.each([
  ['npm test', '`npm test`'],
  ['echo `date`', '`` echo `date` ``'],
  ['a ``` b', '```` a ``` b ````'],
])('code with backticks in it stays code: %s', (text, shown) => {
  expect(code(text)).toBe(shown)
})

test('nothing in a block of code ends it', () => {
  expect(codeBlock('a\n```\nb', 'diff')).toBe('````diff\na\n```\nb\n````')
})

describe('a text that is too long for GitHub', () => {
  test('is cut at the end of a line, and says so', () => {
    const cut = withinLimit('line\n'.repeat(20_000))
    expect(cut.length).toBeLessThanOrEqual(65_535)
    expect(cut).toMatch(/line\n\n… cut here: the rest is in the record of the run\.$/)
  })

  test('is cut outside of the block that it opened', () => {
    const cut = withinLimit(`\`\`\`\n${'line\n'.repeat(20_000)}\`\`\``)
    expect(cut).toMatch(/\n```\n\n… cut here/)
    expect(cut.length).toBeLessThanOrEqual(65_535)
  })

  test('stays as it is where it fits', () => {
    expect(withinLimit('short')).toBe('short')
  })
})
