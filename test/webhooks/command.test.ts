import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { commandIn } from '#webhooks/command.ts'

describe('a command', () => {
  test.each([
    ['alone', '/auto-fix'],
    ['with white space after it', '/auto-fix  \t'],
    ['with Windows line ends', '/auto-fix\r\nplease\r\n'],
    ['with words in later lines', '/auto-fix\nplease\n\nthank you'],
    ['after empty lines', '\n\n/auto-fix'],
    ['after what it answers to', '> it is red\n\n/auto-fix'],
    ['after a comment of HTML', '<!-- from the phone -->\n\n/auto-fix'],
    ['after a comment of HTML in the line before', '<!-- x -->\n/auto-fix'],
    ['after two quotes', '> red\n\n > redder\n\n/auto-fix'],
    ['after a comment of HTML of many lines', '<!--\n\n> x\n-->\n\n/auto-fix'],
    ['before a long text', `/auto-fix\n\n${'x '.repeat(30_000)}`],
    ['with old line ends', '/auto-fix\rplease'],
    ['followed by code', '/auto-fix\n\n```\nnpm test\n```'],
  ])('is heard %s', (_how, body) => {
    expect(commandIn(body)).toBe('auto-fix')
  })

  test.each([
    ['nothing is', ''],
    ['it is talked about', 'Try /auto-fix here'],
    ['words follow it', '/auto-fix is broken'],
    ['emphasis follows it', '/auto-fix **now**'],
    ['it is indented', ' /auto-fix'],
    ['it is code by indentation', '    /auto-fix'],
    ['it is code by a fence', '```\n/auto-fix\n```'],
    ['it is code by a fence that never closes', '~~~\n/auto-fix'],
    ['it is code in a line', '`/auto-fix`'],
    ['it is quoted', '> /auto-fix'],
    ['it is quoted by a lazy line', '> it is red\n/auto-fix'],
    ['it is in a comment of HTML', '<!--\n/auto-fix\n-->'],
    ['it is in a comment of HTML with empty lines', '<!--\n\n/auto-fix\n\n-->'],
    ['it is in a comment of HTML that never closes', '<!--\n\n/auto-fix'],
    ['it is hidden in HTML', '<details>\n\n/auto-fix\n\n</details>'],
    ['it is between two comments of HTML', '<!-- a --><p>\n/auto-fix\n<!-- b -->'],
    ['it is in a list', '- /auto-fix'],
    ['it is a heading', '# /auto-fix'],
    ['it is a heading by its underline', '/auto-fix\n---'],
    ['another paragraph comes first', 'Hello\n\n/auto-fix'],
    ['it is in a later line of the paragraph', 'please\n/auto-fix'],
    ['it is written as a reference', '&#47;auto-fix'],
    ['it is escaped', String.raw`\/auto-fix`],
    ['it is in capital letters', '/Auto-Fix'],
    ['a character that nobody sees stands in it', '/auto\u200B-fix'],
    ['a character that nobody sees follows it', '/auto-fix\u200B'],
    ['a long text follows in its paragraph', `/auto-fix\n${'x '.repeat(1500)}`],
    ['a line of many makes a heading of it', '/auto-fix\nplease\n==='],
    ['a comment of HTML ends in its line', '<!-- a --> /auto-fix'],
  ])('is not heard where %s', (_why, body) => {
    expect(commandIn(body)).not.toBe('auto-fix')
  })

  test('is heard with another name under its own', () => {
    expect(commandIn('/auto-fixes')).toBe('auto-fixes')
  })

  test('never costs an error, whatever is written', () => {
    const words = ['/auto-fix', '\n', '\r\n', '> ', '`', '```', '<!--', '-->', '*', '[', '](', ' ']
    const text = array(oneof(constantFrom(...words), string()), { maxLength: 40 })
    assert(
      property(text, (parts) => {
        const body = parts.join('')
        const heard = commandIn(body)
        expect(heard === null || new RegExp(`^/${heard}[ \t]*$`, 'm').test(body)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['quotes in quotes', `${'> '.repeat(15_000)}\n\n/auto-fix`],
    ['quotes in quotes without an end', `${'> '.repeat(15_000)}\n/auto-fix`],
    ['a paragraph of openings', `/auto-fix\n${'*a_ [ `` '.repeat(8000)}`],
    ['many short quotes', `${'> a\n\n'.repeat(12_000)}/auto-fix`],
    ['many comments', `${'<!-- a -->\n'.repeat(6000)}/auto-fix`],
    ['openings of comments', '<!--'.repeat(16_000)],
    ['spaces', `${' '.repeat(65_000)}x`],
    ['lines of spaces', `${' \n'.repeat(32_000)}x`],
  ])('is looked for in a moment in a text made of %s', (_what, body) => {
    const start = performance.now()
    commandIn(body)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
