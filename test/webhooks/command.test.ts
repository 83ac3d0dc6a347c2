import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Command, verbs } from '#domain/command.ts'
import { saidIn } from '#webhooks/command.ts'

const given = (command: Partial<Command>) => ({
  kind: 'command',
  command: {
    verb: 'approve-deploy',
    environment: null,
    sha: null,
    reason: null,
    emergency: false,
    ...command,
  },
})
const autoFix = given({ verb: 'auto-fix' })
const mistake = ([because, said, meant]: (string | null)[]) => ({
  kind: 'mistake',
  mistake: { because, said, meant },
})

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
    expect(saidIn(body)).toEqual(autoFix)
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
    ['it is the text of a link', '[/auto-fix](https://example.com)'],
    ['it is in the tail of an answer by e-mail', 'Thanks!\n\nOn Sun, ann wrote:\n> /auto-fix'],
    ['it is below the words of an e-mail', 'Thanks!\n\n-- \nann\n/auto-fix'],
    ['it is written as a reference', '&#47;auto-fix'],
    ['it is escaped', String.raw`\/auto-fix`],
    ['it is in capital letters', '/Auto-Fix'],
    ['a character that nobody sees stands in it', '/auto\u200B-fix'],
    ['a character that nobody sees follows it', '/auto-fix\u200B'],
    ['a long text follows in its paragraph', `/auto-fix\n${'x '.repeat(1500)}`],
    ['a line of many makes a heading of it', '/auto-fix\nplease\n==='],
    ['a comment of HTML ends in its line', '<!-- a --> /auto-fix'],
  ])('is not heard where %s', (_why, body) => {
    expect(saidIn(body)).toEqual({ kind: 'nothing' })
  })

  test.each([
    ['/approve-deploy', {}],
    ['/approve-deploy production', { environment: 'production' }],
    ['/approve-deploy 0a1b2c3', { sha: '0a1b2c3' }],
    ['/approve-deploy production 0a1b2c3', { environment: 'production', sha: '0a1b2c3' }],
    ['/approve-deploy deadbee 0a1b2c3', { environment: 'deadbee', sha: '0a1b2c3' }],
    ['/approve-deploy --reason="it is quiet now"', { reason: 'it is quiet now' }],
    ['/approve-deploy eu-1 --reason=quiet', { environment: 'eu-1', reason: 'quiet' }],
    ['/approve-deploy eu-1 -- quiet -- now', { environment: 'eu-1', reason: 'quiet -- now' }],
    ['/reject-deploy -- not on a Friday', { verb: 'reject-deploy', reason: 'not on a Friday' }],
    ['/status', { verb: 'status' }],
    ['/help', { verb: 'help' }],
    ['/approve-deploy eu-1 --emergency', { environment: 'eu-1', emergency: true }],
    [
      '/approve-deploy eu-1 0a1b2c3 --emergency --reason="it burns"',
      { environment: 'eu-1', sha: '0a1b2c3', emergency: true, reason: 'it burns' },
    ],
    ['/deploy production', { verb: 'deploy', environment: 'production' }],
    [
      '/lock eu-1 until the sale is over',
      { verb: 'lock', environment: 'eu-1', reason: 'until the sale is over' },
    ],
    ['/unlock eu-1', { verb: 'unlock', environment: 'eu-1' }],
    ['/freeze the sale', { verb: 'freeze', reason: 'the sale' }],
    ['/pause', { verb: 'pause' }],
    ['/pause all', { verb: 'pause', environment: 'all' }],
    ['/pause all it burns', { verb: 'pause', environment: 'all', reason: 'it burns' }],
    ['/pause it burns', { verb: 'pause', reason: 'it burns' }],
    ['/resume all', { verb: 'resume', environment: 'all' }],
    ['/retry', { verb: 'retry' }],
    ['/cancel -- superseded', { verb: 'cancel', reason: 'superseded' }],
  ] satisfies readonly [string, Partial<Command>][])('reads %s', (line, command) => {
    expect(saidIn(line)).toEqual(given(command))
  })

  test.each([
    ['/auto-fixes', 'unknown-verb', '/auto-fixes', '/auto-fix'],
    ['/aprove-deploy production', 'unknown-verb', '/aprove-deploy', '/approve-deploy'],
    ['/approve-deploys', 'unknown-verb', '/approve-deploys', '/approve-deploy'],
    ['/helb', 'unknown-verb', '/helb', '/help'],
    ['/approve-deploy Production', 'unknown-word', 'Production', '/approve-deploy'],
    ['/approve-deploy production now', 'unknown-word', 'now', '/approve-deploy'],
    ['/approve-deploy production 0a1b2c', 'unknown-word', '0a1b2c', '/approve-deploy'],
    ['/approve-deploy production 0a1b2c3 now', 'unknown-word', 'now', '/approve-deploy'],
    ['/approve-deploy <!-- x --> eu', 'unknown-word', '<!-- x --> eu', '/approve-deploy'],
    ['/pauze', 'unknown-verb', '/pauze', '/pause'],
    ['/unlok eu-1', 'unknown-verb', '/unlok', '/unlock'],
    ['/resume it', 'unknown-word', 'it', '/resume'],
    ['/lock --emergency', 'unknown-word', '--emergency', '/lock'],
    ['/approve-deploy --force', 'unknown-word', '--force', '/approve-deploy'],
    ['/approve-deploy\n/auto-fix', 'two-commands', '/auto-fix', null],
    ['/approve-deploy eu\n\nand\n/reject-deploy us', 'two-commands', '/reject-deploy us', null],
  ])('says what is wrong with %j', (body, ...wrong) => {
    expect(saidIn(body)).toEqual(mistake(wrong))
  })

  test.each(['/lgtm', '/hold', '/retest', '/status of it?', '/', '/123'])(
    'leaves %s to whoever it is for',
    (line) => {
      expect(saidIn(line)).toEqual({ kind: 'nothing' })
    },
  )

  test('is one command also where code below shows another', () => {
    expect(saidIn('/auto-fix\n\n```\n/help\n```')).toEqual(autoFix)
  })

  test('never costs an error, whatever is written', () => {
    const words = ['/auto-fix', '\n', '\r\n', '> ', '`', '```', '<!--', '-->', '*', '[', '](', ' ']
    const text = array(oneof(constantFrom(...words), string()), { maxLength: 40 })
    assert(
      property(text, (parts) => {
        const body = parts.join('')
        const heard = saidIn(body)
        const { verb } = heard.kind === 'command' ? heard.command : { verb: null }
        expect(verb === null || new RegExp(`^/${verb}[ \t]*$`, 'm').test(body)).toBe(true)
        expect(verb === null || verbs.includes(verb)).toBe(true)
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
    saidIn(body)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
