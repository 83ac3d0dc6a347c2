import { describe, expect, test } from 'vitest'

import { addedLines } from '#adapters/secrets/added-lines.ts'
import { redact } from '#adapters/secrets/redact.ts'
import { secretsIn } from '#adapters/secrets/scan.ts'

// Put together here, so that no scanner takes this file for a leak.
const token = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_')
const key = ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ')

describe('a secret is found by its shape or by the name of its file', () => {
  test.each([
    ['src/a.ts', `const a = 1\nconst token = '${token}'\n`, [2]],
    ['.env', 'A=1\nB=2', [1, 2]],
    ['apps/web/.env.production', 'A=1', [1]],
    ['.npmrc', 'x', [1]],
    ['certs/server.key', 'x', [1]],
    ['.ssh/id_ed25519', 'x', [1]],
  ])('%s', async (path, text, lines) => {
    const found = await secretsIn({ path, text })

    expect(found.flatMap((each) => each.lines)).toEqual(lines)
    expect(JSON.stringify(found)).not.toContain(token)
  })

  test.each([
    '.env.example',
    '.env.template',
    'src/env.ts',
    '.environment',
    'keys.ts',
    'src/monkey.ts',
  ])('nothing is found in %s', async (path) => {
    expect(await secretsIn({ path, text: 'A=1\n' })).toEqual([])
  })
})

test.each([
  ['a\nb\nc\n', 'a\nx\nc\ny\n', [2, 4]],
  ['', 'a\nb\n', [1, 2]],
  ['a\nb\n', 'b\n', []],
  ['a', 'a\n', [1]],
])('the added lines from %j to %j are %j', (before, after, lines) => {
  expect([...addedLines(before, after)]).toEqual(lines)
})

describe('what looks like a secret is redacted', () => {
  test.each([
    [`clone https://x:hunter2@example.com/a.git`, 'hunter2'],
    [`token ${token} in a line`, token],
    [`Authorization: Bearer abcdef123456`, 'abcdef123456'],
    [`//registry.example.com/:_authToken=abcdef123456`, 'abcdef123456'],
    [`${key}\nMIIEpAIBAAKCAQEA\n`, 'MIIEpAIBAAKCAQEA'],
  ])('%s', (text, secret) => {
    const clean = redact(text)

    expect(clean).not.toContain(secret)
    expect(clean).toContain('[redacted]')
  })

  test('leaves ordinary output alone', () => {
    const text =
      'src/a.ts:1:2 error TS2304: Cannot find name "token". https://example.com/a@b sk-learn'

    expect(redact(text)).toBe(text)
  })

  test('takes time in line with the length of the text, whatever stands in it', () => {
    const texts = [
      '-----BEGIN PRIVATE KEY-----'.repeat(8000),
      'https://'.repeat(40_000),
      'eyJ'.repeat(100_000),
    ]
    const started = performance.now()

    for (const text of texts) redact(text)

    expect(performance.now() - started).toBeLessThan(3000)
  })
})
